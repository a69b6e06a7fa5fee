package holt.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.EdgeServer;
import holt.api.edge.FakeJobs;
import holt.api.edge.FakeQueue;
import holt.api.edge.RawClient;
import holt.api.queue.index.JobStatus;
import holt.protocol.Failure;
import holt.protocol.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console on the loopback address, where nobody needs a key. */
class ConsoleIT {
    private static final Instant CREATED = Instant.now().minusSeconds(300);
    private static EdgeServer server;

    @BeforeAll
    static void start() {
        server = EdgeServer.start();
        FakeJobs jobs = server.bean(FakeJobs.class);
        for (int i = 0; i < 60; i++) {
            jobs.put(
                    TestJobs.ended(
                            "job-" + i,
                            JobStatus.COMPLETED,
                            CREATED.plusSeconds(i),
                            Duration.ofSeconds(3),
                            Duration.ofSeconds(1)),
                    FakeQueue.completed("an answer that no page shows"));
        }
        jobs.put(
                TestJobs.ended(
                        "broken",
                        JobStatus.FAILED,
                        CREATED.plusSeconds(100),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(1)),
                new Outcome.Failed(Failure.WORKER_FAILED, "the engine broke", null));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "overview, Nothing needs attention",
        "queues, A job waits in this instance",
        "workers, Serving",
        "jobs, job-59",
        "jobs/job-7, Most of its 4.0 s went into waiting for a slot: 3.0 s.",
        "jobs/broken, The engine broke.",
        "settings, holt.jobs.max-queued",
        "playground/chat, Copy as code",
        "playground/images, Paint over what may change"
    })
    void aPageShowsWhatItIsFor(String path, String words) throws IOException {
        RawClient.Reply page = get("/console/" + path);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers().get("content-type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.body()).contains(words, "<main", "</html>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "overview",
                "queues",
                "workers",
                "jobs",
                "jobs/job-7",
                "jobs/none",
                "settings",
                "playground/chat",
                "playground/images"
            })
    void noPageRunsOrLoadsAnythingFromElsewhere(String path) throws IOException {
        RawClient.Reply page = get("/console/" + path);

        assertThat(page.headers().get("content-security-policy"))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                .doesNotContain("unsafe");
        assertThat(page.body())
                .doesNotContainPattern("<script(?![^>]* src=\"/console/assets/)")
                .doesNotContainPattern("\\s(style|on\\w+)=")
                .doesNotContainPattern("(src|href)=\"(?!/console|#)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"overview", "queues", "workers", "jobs", "jobs/job-7"})
    void htmxGetsTheLivePartAlone(String path) throws IOException {
        RawClient.Reply part = get("/console/" + path, "HX-Request: true\r\n");

        assertThat(part.status()).isEqualTo(200);
        assertThat(part.body().strip()).startsWith("<div id=\"live\"").endsWith("</div>");
        assertThat(part.body()).doesNotContain("<main", "<h1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"console.css", "live.js", "chat.js", "images.js", "htmx.min.js", "icon.svg"})
    void aBrowserKeepsStylesAndScripts(String name) throws IOException {
        RawClient.Reply first = get("/console/assets/" + name);

        assertThat(first.status()).isEqualTo(200);
        assertThat(
                        get(
                                        "/console/assets/" + name,
                                        "If-None-Match: " + first.headers().get("etag") + "\r\n")
                                .status())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none.js", "..%2Fconsole.css", "application.properties"})
    void nothingElseIsAnAsset(String name) throws IOException {
        assertThat(get("/console/assets/" + name).status()).isBetween(400, 404);
    }

    @Test
    void aListGoesOn() throws IOException {
        String first = get("/console/jobs?state=completed").body();
        String next = first.replaceAll("(?s).*href=\"([^\"]*after=[^\"]*)\".*", "$1");

        String second = get(next.replace("&amp;", "&")).body();

        assertThat(first).contains("job-10<").doesNotContain("job-9<");
        assertThat(second).contains("job-9<", "job-0<").doesNotContain("job-10<", "broken");
    }

    @Test
    void aSearchForAnIdOpensTheJob() throws IOException {
        RawClient.Reply reply = get("/console/jobs?id=+job-7+");

        assertThat(reply.status()).isEqualTo(303);
        assertThat(reply.headers().get("location")).isEqualTo("/console/jobs/job-7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"state=nonsense", "since=1Y", "after=nonsense", "model=%07"})
    void aMistypedFilterLetsAllJobsPass(String query) throws IOException {
        assertThat(get("/console/jobs?" + query).body()).contains("job-59");
    }

    @Test
    void anUnknownJobHasNoPage() throws IOException {
        RawClient.Reply reply = get("/console/jobs/none");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body()).contains("No such job exists");
    }

    @Test
    void noPageShowsAnAnswer() throws IOException {
        assertThat(get("/console/jobs/job-7").body()).doesNotContain("an answer that no page");
    }

    @Test
    void thePlaygroundStreamsThroughTheConsole() throws IOException {
        server.queue().behave(FakeQueue.Behaviour.answering("yo"));
        RawClient.Reply reply =
                post(
                        "/console/api/v1/chat/completions",
                        "",
                        "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers().get("content-type")).startsWith("text/event-stream");
        assertThat(reply.headers()).containsKey("x-holt-job-id");
        assertThat(reply.body()).contains("\"yo\"", "data: [DONE]");
    }

    @Test
    void theApisRefusalComesThrough() throws IOException {
        RawClient.Reply reply = post("/console/api/v1/chat/completions", "", "{}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("\"error\":");
    }

    @Test
    void onlyThePlaygroundsRoutesAreForwarded() throws IOException {
        assertThat(get("/console/api/admin/v1/keys").status()).isEqualTo(404);
        assertThat(get("/console/api/v1/models").status()).isEqualTo(404);
    }

    @Test
    void pagesOfOtherSitesCannotMakeJobs() throws IOException {
        RawClient.Reply reply =
                post("/console/api/v1/chat/completions", "Origin: https://evil.example\r\n", "{}");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).contains("pages of other sites");
    }

    @Test
    void aNameOfAnotherSiteOpensNothing() throws IOException {
        assertThat(ask("GET /console/overview HTTP/1.1\r\nHost: evil.example\r\n\r\n").status())
                .isEqualTo(403);
    }

    @Test
    void theApisFirstPageLinksToTheConsole() throws IOException {
        String url = "http://localhost:" + server.managementPort() + "/console";
        try (var client = new RawClient(server.port())) {
            String home = "GET / HTTP/1.1\r\nHost: localhost\r\n";

            assertThat(
                            client.send(RawClient.bytes(home + "Accept: text/html\r\n\r\n"))
                                    .reply()
                                    .body())
                    .contains("<a href=\"" + url + "\">");
            assertThat(client.send(RawClient.bytes(home + "\r\n")).reply().body())
                    .contains("\"console\":\"" + url + "\"");
        }
    }

    private static RawClient.Reply get(String path) throws IOException {
        return get(path, "");
    }

    private static RawClient.Reply get(String path, String headers) throws IOException {
        return ask("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
    }

    private static RawClient.Reply post(String path, String headers, String body)
            throws IOException {
        return ask(
                "POST "
                        + path
                        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length()
                        + "\r\n"
                        + headers
                        + "\r\n"
                        + body);
    }

    private static RawClient.Reply ask(String request) throws IOException {
        try (var client = new RawClient(server.managementPort())) {
            return client.send(RawClient.bytes(request)).reply();
        }
    }
}
