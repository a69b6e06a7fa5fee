package holt.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What operators type, and what it asks of a Holt. */
class OperatorCommandsTest {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    /** By request line. The last answer stays. */
    private final Map<String, Queue<String>> answers = new ConcurrentHashMap<>();

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer holt;

    @BeforeEach
    void start() throws IOException {
        holt = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        holt.createContext(
                "/admin/v1/",
                exchange -> {
                    String line =
                            exchange.getRequestMethod()
                                    + " "
                                    + exchange.getRequestURI()
                                            .toString()
                                            .substring("/admin/v1/".length());
                    String body =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    asked.add(line + (body.isEmpty() ? "" : " " + body));
                    Queue<String> left = answers.get(line);
                    String answer =
                            left == null ? "{}" : left.size() > 1 ? left.remove() : left.peek();
                    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        holt.start();
    }

    @AfterEach
    void stop() {
        holt.stop(0);
    }

    @Test
    void queuesShowsPauses() {
        answer(
                "GET queues",
                "{'data':[{'model':'m','kind':'chat','slots':4,'queued':6,'held':2,'wait_seconds':1.5},"
                        + "{'model':'p','slots':0,'queued':0,'held':9,'paused':{'why':'new weights','by':'admin','since':0}}]}");

        assertThat(run("queues"))
                .containsExactly(
                        "  MODEL  KIND  SLOTS  QUEUED  HELD  WAIT",
                        "  m      chat  4      6       2     1.5 s",
                        "  p            0      0       9     unknown  paused since 1970-01-01T00:00:00Z by admin: new weights");
    }

    @Test
    void aPauseSaysWhy() {
        answer("POST queues/pause", "{'model':'m','paused':{'why':'test','by':'none','since':0}}");

        assertThat(run("queues", "pause", "m", "--why", "test"))
                .containsExactly("m is paused since 1970-01-01T00:00:00Z by none: test");
        run("queues", "resume", "m");

        assertThat(body(0)).isEqualTo(Map.of("model", "m", "why", "test"));
        assertThat(asked.get(1)).isEqualTo("POST queues/resume {\"model\":\"m\"}");
    }

    @Test
    void cancelCountsFirst() {
        answer("POST jobs/cancel", "{'matches':7,'cancelled':0}", "{'matches':7,'cancelled':6}");

        assertThat(run("jobs", "cancel", "--model", "m", "--status", "queued"))
                .containsExactly("7 jobs match; --yes cancels them");
        assertThat(run("jobs", "cancel", "--model", "m", "--yes")).containsExactly("cancelled: 6");

        assertThat(body(0))
                .isEqualTo(Map.of("model", "m", "status", "queued", "all", false, "dry_run", true));
        assertThat(body(1)).isEqualTo(Map.of("model", "m", "all", false, "dry_run", false));
    }

    @Test
    void jobsGoesOnWithTheNextPage() {
        answer(
                "GET jobs?limit=1",
                "{'data':[{'id':'j','status':'failed','model':'m','created':0,'caller':'team:a','reason':'timeout'}],'next':'0-j'}");

        assertThat(run("jobs", "--limit", "1"))
                .contains("  j   failed  m      1970-01-01T00:00:00Z  team:a  timeout")
                .endsWith("more with --after 0-j");
    }

    @Test
    void replayGoesOnUntilNothingIsLeft() {
        answer(
                "POST dead/replay",
                "{'matches':3,'replayed':1,'refused':1}",
                "{'matches':2,'replayed':1,'refused':1}");

        assertThat(run("dead", "replay", "--all", "--rate", "1"))
                .containsExactly(
                        "replayed: 1, refused: 1, left: 1", "replayed: 2, refused: 1, left: 0");
        assertThat(body(0)).isEqualTo(Map.of("all", true, "limit", 1, "force", false));
    }

    @Test
    void deadLettersAreShownByReasonAndChosenByNumber() {
        answer(
                "GET dead?reason=timeout&limit=20",
                "{'groups':[{'reason':'timeout','count':1,'oldest':0,'newest':0}],"
                        + "'data':[{'number':7,'reason':'timeout','model':'m','run':3,'replays':0,'at':0,'message':'late'}]}");
        answer("POST dead/discard", "{'discarded':2}");

        assertThat(run("dead", "--reason", "timeout"))
                .contains(
                        "  1        timeout  1970-01-01T00:00:00Z  1970-01-01T00:00:00Z",
                        "  7       timeout  m      3     0        1970-01-01T00:00:00Z  late");
        assertThat(run("dead", "discard", "7", "8", "--yes")).containsExactly("discarded: 2");
        assertThat(body(1))
                .isEqualTo(Map.of("all", false, "numbers", List.of(7, 8), "dry_run", false));
    }

    @Test
    void workersAreShownAndDrained() {
        answer(
                "GET workers",
                "{'data':[{'id':'w','state':'serving','heartbeat':0,'models':[{'model':'m','slots':4,'busy':1}]}]}");

        assertThat(run("workers")).contains("  w       serving  1970-01-01T00:00:00Z  m 1/4");
        assertThat(run("workers", "drain", "w")).containsExactly("w claims no more jobs");
        assertThat(asked.getLast()).isEqualTo("POST workers/w/drain {}");
    }

    @Test
    void topLooksOnce() {
        assertThat(run("top", "--once")).anyMatch(line -> line.startsWith("  MODEL"));
        assertThat(asked)
                .hasSize(3)
                .containsSequence("GET queues", "GET workers")
                .last()
                .asString()
                .contains("status=running");
    }

    @Test
    void theAuditSaysWhoDidWhat() {
        answer(
                "GET audit?limit=50",
                "{'data':[{'at':0,'by':'admin','from':'10.0.0.1','action':'model.paused','target':'m','detail':'test'}]}");

        assertThat(run("audit"))
                .contains("  1970-01-01T00:00:00Z  admin  10.0.0.1  model.paused  m       test");
    }

    private void answer(String line, String... singleQuoted) {
        answers.put(
                line,
                new ArrayDeque<>(
                        Stream.of(singleQuoted).map(it -> it.replace('\'', '"')).toList()));
    }

    private Map<?, ?> body(int request) {
        String line = asked.get(request);
        return new JsonMapper().readValue(line.substring(line.indexOf('{')), Map.class);
    }

    private List<String> run(String... words) {
        output.reset();
        String[] line =
                Stream.concat(
                                Arrays.stream(words),
                                Stream.of(
                                        "--url", "http://127.0.0.1:" + holt.getAddress().getPort()))
                        .toArray(String[]::new);
        assertThat(
                        HoltCommand.commandLine(
                                        Path.of("/holt"),
                                        new PrintStream(output, true, StandardCharsets.UTF_8))
                                .execute(line))
                .isZero();
        return output.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
