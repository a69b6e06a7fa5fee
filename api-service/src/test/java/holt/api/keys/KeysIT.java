package holt.api.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import holt.api.edge.EdgeServer;
import holt.api.edge.RawClient;
import holt.api.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests with and without keys. */
class KeysIT {
    private static final String ADMIN = "otters-hold-hands-asleep";
    private static final String MODELS = "/v1/models";
    private static final String KEYS = "/admin/v1/keys";

    private static EdgeServer server;
    private static String user;

    record Made(String id, String secret, @JsonProperty("status") String status) {}

    @BeforeAll
    static void start() throws IOException {
        server = EdgeServer.start("--holt.keys.required=always", "--holt.admin.key=" + ADMIN);
        user = make("{\"name\":\"app\"}").secret();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(401, MODELS, ""),
                Arguments.of(401, MODELS, "Authorization: Basic b3R0ZXI6ZmlzaA==\r\n"),
                Arguments.of(401, MODELS, "Authorization: Bearer\r\n"),
                Arguments.of(401, MODELS, bearer("nonsense")),
                Arguments.of(401, MODELS, bearer("x".repeat(4096))),
                Arguments.of(401, MODELS, bearer(user.substring(0, 16) + "A".repeat(43))),
                Arguments.of(401, MODELS + "?api_key=" + user, ""),
                Arguments.of(401, "/nowhere", ""),
                Arguments.of(401, "/k/nonsense/v1/models", ""),
                Arguments.of(403, KEYS, bearer(user)),
                Arguments.of(403, "/%61dmin/v1/keys", bearer(user)),
                Arguments.of(403, "/admin;a=b/v1/keys", bearer(user)));
    }

    @ParameterizedTest
    @MethodSource
    void refused(int status, String path, String headers) throws IOException {
        RawClient.Reply reply = get(path, headers);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body()).startsWith(status == 401 ? "{\"code\":2016," : "{\"code\":2017,");
        assertThat(reply.headers().containsKey("www-authenticate")).isEqualTo(status == 401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/docs", "/openapi.json", "/health", "/ready", "/favicon.ico"})
    void whatShowsNothingOfCallersNeedsNoKey(String path) throws IOException {
        assertThat(get(path, "").status()).isEqualTo(200);
    }

    @Test
    void aKeyOpensItsRoutes() throws IOException {
        assertThat(get(MODELS, bearer(user)).status()).isEqualTo(200);
        assertThat(get(MODELS, bearer(ADMIN)).status()).isEqualTo(200);
        assertThat(get(KEYS, bearer(ADMIN)).status()).isEqualTo(200);
    }

    @Test
    void metricsNeedTheirOwnScope() throws IOException {
        String prometheus = make("{\"name\":\"p\",\"scopes\":[\"metrics\"]}").secret();

        assertThat(get("/metrics", bearer(prometheus)).body()).contains("jvm_memory_used_bytes");
        assertThat(get("/metrics", bearer(user)).status()).isEqualTo(403);
        assertThat(get(MODELS, bearer(prometheus)).status()).isEqualTo(403);
    }

    @Test
    void aPathCarriesTheKeyOfACallerWithoutHeaders() throws IOException {
        assertThat(get("/k/" + user + MODELS, "").body())
                .isEqualTo(get(MODELS, bearer(user)).body());
        assertThat(get("/k/" + user + "/v1/models/otter", "").status()).isEqualTo(404);
    }

    @Test
    void aSecretIsShownOnce() throws IOException {
        Made made = make("{\"name\":\"once\",\"team\":\"blue\",\"expires_in\":60}");

        String list = get(KEYS, bearer(ADMIN)).body();
        assertThat(list)
                .contains("\"id\":\"" + made.id() + "\",\"name\":\"once\",\"team\":\"blue\"");
        assertThat(list).doesNotContain(made.secret()).doesNotContain("digest");
    }

    @Test
    void aRevokedKeyOpensNothing() throws IOException {
        Made made = make("{\"name\":\"brief\"}");

        RawClient.Reply revoked = send("DELETE " + KEYS + "/" + made.id(), bearer(ADMIN), "");

        assertThat(revoked.status()).isEqualTo(200);
        assertThat(revoked.body()).contains("\"status\":\"revoked\"");
        assertThat(get(MODELS, bearer(made.secret())).status()).isEqualTo(401);
        assertThat(send("DELETE " + KEYS + "/" + made.id(), bearer(ADMIN), "").status())
                .isEqualTo(404);
    }

    @Test
    void rotationEndsTheOldSecret() throws IOException {
        Made made = make("{\"name\":\"turning\"}");

        Made next = read(send("POST " + KEYS + "/" + made.id() + "/rotate", bearer(ADMIN), ""));

        assertThat(next.id()).isEqualTo(made.id());
        assertThat(get(MODELS, bearer(made.secret())).status()).isEqualTo(401);
        assertThat(get(MODELS, bearer(next.secret())).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("R187: to a caller, a model that its key does not allow does not exist")
    void aKeyOpensItsModelsAlone() throws IOException {
        String painter = make("{\"name\":\"p\",\"limits\":{\"models\":[\"painter\"]}}").secret();
        String chat = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

        assertThat(get(MODELS, bearer(painter)).body())
                .contains("\"id\":\"painter\"")
                .doesNotContain("\"id\":\"m\"");
        assertThat(get(MODELS + "/m", bearer(painter)).status()).isEqualTo(404);
        RawClient.Reply refused = send("POST /v1/chat/completions", bearer(painter), chat);
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.body())
                .isEqualTo(
                        send(
                                        "POST /v1/chat/completions",
                                        bearer(user),
                                        chat.replace("\"m\"", "\"nowhere\""))
                                .body());
        assertThat(send("POST /v1/chat/completions", bearer(user), chat).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("R186: an answer says how much of its limits a key has left")
    void anAnswerSaysWhatIsLeft() throws IOException {
        Made made = make("{\"name\":\"rated\",\"limits\":{\"requests_per_minute\":90}}");
        String chat = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

        for (String body : List.of(chat, chat.replace("}]}", "}],\"stream\":true}"))) {
            assertThat(send("POST /v1/chat/completions", bearer(made.secret()), body).headers())
                    .containsEntry("x-ratelimit-limit-requests", "90")
                    .containsEntry("x-ratelimit-remaining-requests", "89")
                    .containsEntry("x-ratelimit-reset-requests", "1m0s")
                    .doesNotContainKey("x-ratelimit-limit-tokens");
        }
        assertThat(send("POST /v1/chat/completions", bearer(user), chat).headers())
                .doesNotContainKey("x-ratelimit-limit-requests");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"models\":[\"\"]}",
                "{\"models\":[null]}",
                "{\"tokens_per_minute\":-1}",
                "{\"queued\":-1}",
                "{\"lanes\":[\"slow\"]}",
                "{\"lanes\":[\"high\"]}",
                "{\"weight\":0}"
            })
    void anInvalidLimitIsRefusedByItsField(String limits) throws IOException {
        RawClient.Reply reply =
                send("POST " + KEYS, bearer(ADMIN), "{\"name\":\"a\",\"limits\":" + limits + "}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("\"param\":" + limits.substring(1, limits.indexOf(':')));
    }

    @Test
    void limitsChangeOneByOne() throws IOException {
        Made made = make("{\"name\":\"limited\"}");
        String path = "PATCH " + KEYS + "/" + made.id();

        assertThat(
                        send(path, bearer(ADMIN), "{\"tokens_per_minute\":5000,\"models\":[\"m\"]}")
                                .body())
                .contains("\"tokens_per_minute\":5000,\"models\":[\"m\"]");
        assertThat(send(path, bearer(ADMIN), "{\"queued\":7,\"models\":[]}").body())
                .contains("\"tokens_per_minute\":5000,\"queued\":7}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\":\"\"}",
                "{\"name\":\"a\",\"team\":\"a b\"}",
                "{\"name\":\"a\",\"scopes\":[]}",
                "{\"name\":\"a\",\"scopes\":[\"king\"]}",
                "{\"name\":\"a\",\"scopes\":[null]}",
                "{\"name\":\"a\",\"expires_in\":0}"
            })
    void anInvalidKeyIsRefusedByItsField(String body) throws IOException {
        RawClient.Reply reply = send("POST " + KEYS, bearer(ADMIN), body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).containsPattern("\"param\":\"(name|team|scopes|expires_in)\"");
    }

    @Test
    void anAddressThatGuessesHasToWaitButAValidKeyPasses() throws IOException {
        try (var guessed =
                EdgeServer.start("--holt.keys.required=always", "--holt.admin.key=" + ADMIN)) {
            String valid =
                    read(send(guessed, "POST " + KEYS, bearer(ADMIN), "{\"name\":\"a\"}")).secret();
            for (int i = 0; i < 10; i++) {
                assertThat(send(guessed, "GET " + MODELS, bearer("guess" + i), "").status())
                        .isEqualTo(401);
            }

            RawClient.Reply closed = send(guessed, "GET " + MODELS, bearer(ADMIN), "");

            assertThat(closed.status()).isEqualTo(429);
            assertThat(closed.headers()).containsKey("retry-after");
            assertThat(send(guessed, "GET " + MODELS, bearer(valid), "").status()).isEqualTo(200);
        }
    }

    @Test
    void onLoopbackNobodyNeedsAKey() throws IOException {
        try (var open = EdgeServer.start()) {
            assertThat(send(open, "GET " + MODELS, bearer("anything"), "").status()).isEqualTo(200);
            assertThat(send(open, "GET " + KEYS, "", "").status()).isEqualTo(200);
        }
    }

    private static Made make(String body) throws IOException {
        RawClient.Reply reply = send("POST " + KEYS, bearer(ADMIN), body);
        assertThat(reply.status()).isEqualTo(201);
        return read(reply);
    }

    private static Made read(RawClient.Reply reply) {
        return Json.MAPPER.readValue(reply.bytes(), Made.class);
    }

    private static String bearer(String key) {
        return "Authorization: Bearer " + key + "\r\n";
    }

    private static RawClient.Reply get(String path, String headers) throws IOException {
        return send("GET " + path, headers, "");
    }

    private static RawClient.Reply send(String line, String headers, String body)
            throws IOException {
        return send(server, line, headers, body);
    }

    private static RawClient.Reply send(EdgeServer to, String line, String headers, String body)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head =
                line
                        + " HTTP/1.1\r\nHost: x\r\n"
                        + headers
                        + (bytes.length == 0
                                ? ""
                                : "Content-Type: application/json\r\nContent-Length: "
                                        + bytes.length
                                        + "\r\n")
                        + "\r\n";
        try (var client = new RawClient(to.port())) {
            return client.send(RawClient.join(RawClient.bytes(head), bytes)).reply();
        }
    }
}
