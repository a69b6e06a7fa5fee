package holt.api;

import static holt.api.RawClient.chat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What holds for every refusal: the status, both error shapes, no job, within a second, and the next good request works. */
abstract class RefusalContract {
    static final String GOOD =
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    static EdgeServer server;

    private static final JsonMapper JSON = new JsonMapper();

    @BeforeAll
    static void start() {
        server = EdgeServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void answer() {
        server.queue().behave(FakeQueue.Behaviour.answering("yo"));
    }

    final JsonNode refused(byte[] request, int status, int code) throws IOException {
        long start = System.nanoTime();
        RawClient.Reply reply;
        try (var client = new RawClient(server.port())) {
            reply = client.send(request).reply();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.headers()).containsEntry("content-type", "application/json");
        assertThat(reply.headers()).containsKey("x-request-id");
        assertThat(reply.headers()).doesNotContainKeys("set-cookie", "server", "x-powered-by");
        JsonNode body = JSON.readTree(reply.bytes());
        assertThat(body.get("code").isIntegralNumber()).isTrue();
        assertThat(body.get("code").intValue()).as(reply.body()).isEqualTo(code);
        assertThat(body.get("message").asString()).isNotBlank();
        assertThat(body.get("error").get("message")).isEqualTo(body.get("message"));
        assertThat(body.get("error").get("type").asString()).isEqualTo("invalid_request_error");
        assertThat(body.get("error").get("code").isString()).isTrue();
        assertThat(server.queue().taken).isEmpty();
        theNextGoodRequestWorks();
        return body;
    }

    private static void theNextGoodRequestWorks() throws IOException {
        try (var client = new RawClient(server.port())) {
            assertThat(client.send(chat(GOOD)).reply().status()).isEqualTo(200);
        }
    }

    static String with(String fields) {
        return GOOD.replaceFirst("\\{", Matcher.quoteReplacement("{" + fields + ","));
    }
}
