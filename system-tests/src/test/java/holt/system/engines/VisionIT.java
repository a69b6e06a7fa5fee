package holt.system.engines;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Failure;
import holt.protocol.ModelName;
import holt.system.rig.Cluster;
import holt.system.rig.http.Chat;
import holt.system.rig.http.Pictures;
import holt.system.rig.time.Await;
import holt.worker.remote.FakeHttp;
import holt.worker.remote.TestPictures;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A chat with a picture, from its client to an engine that sees. The engine and the picture's host are fakes, and all else is real. */
@Timeout(120)
class VisionIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @TempDir static Path directory;

    private static final BlockingQueue<JsonNode> BODIES = new LinkedBlockingQueue<>();
    private static final Set<String> PATHS = ConcurrentHashMap.newKeySet();
    private static final BlockingQueue<String> TRACES = new LinkedBlockingQueue<>();
    private static FakeHttp engine;
    private static FakeHttp pictures;
    private static Cluster cluster;
    private static Cluster.Api api;
    private static Chat chat;

    @BeforeAll
    static void start() throws IOException {
        engine = new FakeHttp(VisionIT::answer);
        pictures =
                new FakeHttp(
                        exchange -> exchange.bytes(200, "image/png", TestPictures.png(40, 30, 0)));
        cluster = new Cluster(directory.resolve("cluster"));
        chat = new Chat();
        api = cluster.api("HOLT_SOURCES_ALLOW_HOSTS=" + pictures.url().getAuthority());
        cluster.realWorker(
                Files.createDirectories(directory.resolve("home")),
                "HOLT_WORKER_ENGINES_0_URL=" + engine.url(),
                "HOLT_WORKER_ENGINES_0_MODELS=seer",
                "HOLT_WORKER_ENGINES_0_ABILITIES=vision,extra_fields",
                "HOLT_WORKER_ENGINES_1_URL=" + engine.url(),
                "HOLT_WORKER_ENGINES_1_MODELS=blind",
                "HOLT_WORKER_ENGINES_1_ABILITIES=tools");
        Await.until(() -> chat.lists(api.url(), new ModelName("seer")));
        Await.until(() -> chat.lists(api.url(), new ModelName("blind")));
    }

    @AfterAll
    static void stop() throws IOException {
        chat.close();
        cluster.close();
        engine.close();
        pictures.close();
    }

    @Test
    @DisplayName("R166: the engine gets the picture behind a client's URL, and never the URL")
    void aPictureReachesTheEngineAsItsBytes() throws Exception {
        String url = pictures.url() + "/secret.png";
        HttpResponse<String> answer = post(body("seer", url, ",\"min_tokens\":3"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body()).at("/choices/0/message/content").asString())
                .isEqualTo("A hat");
        JsonNode body = BODIES.take();
        assertThat(body.toString()).doesNotContain("secret.png");
        assertThat(body.at("/messages/0/content/0/text").asString()).isEqualTo("What is it?");
        String data = body.at("/messages/0/content/1/image_url/url").asString();
        assertThat(data).startsWith("data:image/png;base64,");
        byte[] png = Base64.getDecoder().decode(data.substring(data.indexOf(',') + 1));
        assertThat(Pictures.size(Pictures.png(png))).isEqualTo("40x30");
        assertThat(body.path("min_tokens").asInt()).as("R168").isEqualTo(3);
        assertThat(TRACES.take()).as("R165").isEqualTo(TRACE);
    }

    @Test
    @DisplayName("R167: a model that cannot see is not shown a picture")
    void aModelThatCannotSeeIsNotShownAPicture() throws Exception {
        HttpResponse<String> refused = post(body("blind", pictures.url() + "/a.png", ""));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(refused.body()).at("/error/param").asString())
                .isEqualTo("messages[0].content[1]");
    }

    @Test
    void aPictureOfAnotherPrivateHostIsNotFetched() throws Exception {
        HttpResponse<String> refused = post(body("seer", engine.url() + "/a.png", ""));

        assertThat(JSON.readTree(refused.body()).path("code").asInt())
                .isEqualTo(Failure.INVALID_IMAGE_URL.code());
        assertThat(PATHS).doesNotContain("/a.png");
    }

    private static String body(String model, String picture, String fields) {
        return "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"What is it?\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"%s\"}}]}]%s}"
                .formatted(model, picture, fields);
    }

    private static HttpResponse<String> post(String body) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(api.url() + "/v1/chat/completions"))
                            .header("Content-Type", "application/json")
                            .header("traceparent", TRACE)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private static void answer(FakeHttp.Exchange exchange) throws IOException {
        PATHS.add(exchange.path());
        switch (exchange.path()) {
            case "/v1/models" ->
                    exchange.json(200, "{\"data\":[{\"id\":\"seer\"},{\"id\":\"blind\"}]}");
            case "/v1/chat/completions" -> {
                BODIES.add(JSON.readTree(exchange.body()));
                TRACES.add(exchange.headers().getOrDefault("traceparent", ""));
                exchange.begin("text/event-stream");
                exchange.chunk(
                        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"A hat\"},\"finish_reason\":null}]}\n\n");
                exchange.chunk(
                        "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n");
                exchange.chunk("data: [DONE]\n\n");
                exchange.end();
            }
            default -> exchange.json(404, "{}");
        }
    }
}
