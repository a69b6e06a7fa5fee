package holt.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import holt.api.edge.EdgeServer;
import holt.api.edge.RawClient;
import holt.api.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console where operators need a key. */
class SignInIT {
    private static final String ADMIN = "otters-hold-hands-asleep";
    private static EdgeServer server;
    private static String user;

    record Made(@JsonProperty("secret") String secret) {}

    @BeforeAll
    static void start() throws IOException {
        server = EdgeServer.start("--holt.keys.required=always", "--holt.admin.key=" + ADMIN);
        byte[] body = "{\"name\":\"app\"}".getBytes(StandardCharsets.UTF_8);
        try (var client = new RawClient(server.port())) {
            RawClient.Reply made =
                    client.send(
                                    RawClient.post(
                                            "/admin/v1/keys",
                                            "application/json\r\nAuthorization: Bearer " + ADMIN,
                                            body))
                            .reply();
            user = Json.MAPPER.readValue(made.bytes(), Made.class).secret();
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"overview", "jobs", "jobs/x", "playground/chat"})
    void aStrangerIsAskedForAKey(String page) throws IOException {
        RawClient.Reply reply = get("/console/" + page, "");

        assertThat(reply.status()).isEqualTo(303);
        assertThat(reply.headers().get("location")).isEqualTo("/console/sign-in");
        assertThat(get("/console/sign-in", "").body()).contains("type=\"password\"");
    }

    @Test
    void anOperatorSignsInOnce() throws IOException {
        RawClient.Reply entry = enter(ADMIN);

        assertThat(entry.status()).isEqualTo(303);
        String cookie = entry.headers().get("set-cookie");
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/console");
        assertThat(get("/console/overview", cookie(cookie)).status()).isEqualTo(200);
    }

    @Test
    void theKeyThatSignedInOpensTheApiForThePlayground() throws IOException {
        String path = "/console/api/v1/jobs/none";

        assertThat(get(path, "Cookie: holt-key=" + ADMIN + "\r\n").status()).isEqualTo(404);
        assertThat(get(path, "").status()).isEqualTo(401);
    }

    @Test
    void aCallersKeyDoesNotOpenTheConsole() throws IOException {
        RawClient.Reply entry = enter(user);

        assertThat(entry.status()).isEqualTo(401);
        assertThat(entry.body()).contains("This key lacks the scope &#39;operator&#39;.");
        assertThat(get("/console/overview", "Cookie: holt-key=" + user + "\r\n").status())
                .isEqualTo(401);
    }

    @Test
    void aWrongKeyIsRefused() throws IOException {
        RawClient.Reply entry = enter("wrong");

        assertThat(entry.status()).isEqualTo(401);
        assertThat(entry.headers()).doesNotContainKey("set-cookie");
    }

    @Test
    void aPageThatUpdatesItselfGoesToSignIn() throws IOException {
        RawClient.Reply reply = get("/console/overview", "HX-Request: true\r\n");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.headers().get("hx-redirect")).isEqualTo("/console/sign-in");
    }

    @Test
    void healthAndMetricsNeedNoKey() throws IOException {
        assertThat(get("/health", "").status()).isEqualTo(200);
        assertThat(get("/metrics", "").status()).isEqualTo(200);
    }

    private static RawClient.Reply enter(String key) throws IOException {
        try (var client = new RawClient(server.managementPort())) {
            return client.send(
                            RawClient.post(
                                    "/console/sign-in",
                                    "application/x-www-form-urlencoded",
                                    ("key=" + key).getBytes(StandardCharsets.UTF_8)))
                    .reply();
        }
    }

    private static String cookie(String set) {
        return "Cookie: " + set.substring(0, set.indexOf(';')) + "\r\n";
    }

    private static RawClient.Reply get(String path, String headers) throws IOException {
        try (var client = new RawClient(server.managementPort())) {
            return client.send(
                            RawClient.bytes(
                                    "GET "
                                            + path
                                            + " HTTP/1.1\r\nHost: holt.example\r\n"
                                            + headers
                                            + "\r\n"))
                    .reply();
        }
    }
}
