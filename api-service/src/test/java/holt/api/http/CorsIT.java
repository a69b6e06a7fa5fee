package holt.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.EdgeServer;
import holt.api.edge.FakeQueue;
import holt.api.edge.RawClient;
import holt.api.edge.RefusalContract;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pages of other sites that call the API. */
class CorsIT {
    private static final String CHATS = "/v1/chat/completions";
    private static final String APP = "https://app.example";

    private static EdgeServer closed;
    private static EdgeServer allowing;
    private static EdgeServer open;

    @BeforeAll
    static void start() {
        closed = EdgeServer.start();
        allowing =
                EdgeServer.start("--holt.api.cors-origins=https://app.example,http://[::1]:3000");
        open = EdgeServer.start("--holt.api.cors-origins=*");
    }

    @AfterAll
    static void stop() {
        closed.close();
        allowing.close();
        open.close();
    }

    @Test
    void noPageMayCallUnlessASettingSaysSo() throws IOException {
        RawClient.Reply preflight = preflight(closed, APP);

        assertThat(preflight.status()).isEqualTo(403);
        assertThat(preflight.body()).startsWith("{\"code\":2017,");
        assertThat(call(closed, APP).headers().keySet())
                .noneMatch(name -> name.startsWith("access-control"))
                .doesNotContain("vary");
    }

    @Test
    void aPageOfAnAllowedOriginMayCall() throws IOException {
        RawClient.Reply preflight = preflight(allowing, APP);

        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.headers())
                .containsEntry("access-control-allow-origin", APP)
                .containsEntry("access-control-allow-methods", "GET, POST, DELETE")
                .containsEntry("access-control-allow-headers", "authorization,content-type")
                .containsKey("x-request-id")
                .doesNotContainKey("access-control-allow-credentials");
        assertThat(preflight(allowing, "http://[::1]:3000").status()).isEqualTo(204);
    }

    @Test
    void aPageReadsTheAnswerAndTheJobsId() throws IOException {
        RawClient.Reply reply = call(allowing, APP);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers())
                .containsEntry("access-control-allow-origin", APP)
                .containsEntry("vary", "Origin")
                .containsKey("x-holt-job-id")
                .doesNotContainKey("access-control-allow-credentials");
        assertThat(reply.headers().get("access-control-expose-headers"))
                .contains("X-Holt-Job-Id", "retry-after");
    }

    @Test
    void aPageReadsRefusals() throws IOException {
        RawClient.Reply refused = send(allowing, post("{}", APP));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.headers()).containsEntry("access-control-allow-origin", APP);
    }

    @Test
    void aPageOfAnotherOriginMayNot() throws IOException {
        String other = "https://app.example.evil";

        assertThat(preflight(allowing, other).status()).isEqualTo(403);
        assertThat(call(allowing, other).headers())
                .containsEntry("vary", "Origin")
                .doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void aStarAllowsAllOriginsWithoutCredentials() throws IOException {
        assertThat(call(open, "null").headers())
                .containsEntry("access-control-allow-origin", "null")
                .doesNotContainKey("access-control-allow-credentials");
    }

    @Test
    void theManagementPortAllowsNoPage() throws IOException {
        try (var client = new RawClient(open.managementPort())) {
            byte[] request =
                    ("GET /health HTTP/1.1\r\nHost: x\r\nOrigin: " + APP + "\r\n\r\n")
                            .getBytes(UTF_8);
            assertThat(client.send(request).reply().headers())
                    .doesNotContainKey("access-control-allow-origin");
        }
    }

    private static RawClient.Reply preflight(EdgeServer server, String origin) throws IOException {
        return send(
                server,
                ("OPTIONS "
                                + CHATS
                                + " HTTP/1.1\r\nHost: x\r\nOrigin: "
                                + origin
                                + "\r\nAccess-Control-Request-Method: POST"
                                + "\r\nAccess-Control-Request-Headers: authorization,content-type\r\n\r\n")
                        .getBytes(UTF_8));
    }

    private static RawClient.Reply call(EdgeServer server, String origin) throws IOException {
        server.queue().behave(FakeQueue.Behaviour.answering("yo"));
        return send(server, post(RefusalContract.GOOD, origin));
    }

    private static byte[] post(String body, String origin) {
        return RawClient.post(CHATS, "application/json\r\nOrigin: " + origin, body.getBytes(UTF_8));
    }

    private static RawClient.Reply send(EdgeServer server, byte[] request) throws IOException {
        try (var client = new RawClient(server.port())) {
            return client.send(request).reply();
        }
    }
}
