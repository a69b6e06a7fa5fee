package holt.api.edge;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Failure;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks the promises that every reply keeps. */
public final class CheckReply {
    private static final JsonMapper JSON = new JsonMapper();

    /** The statuses that Tomcat gives to wrong requests. */
    private static final Set<Integer> BAD_REQUEST = Set.of(400, 417, 501, 505);

    private CheckReply() {}

    /** A refusal is plain JSON with both error shapes. They agree with the status and the table of failures. */
    public static JsonNode refusal(RawClient.Reply reply) {
        assertThat(reply.headers())
                .containsEntry("content-type", "application/json")
                .containsKey("x-request-id")
                .doesNotContainKeys("set-cookie", "server", "x-powered-by");
        JsonNode body = JSON.readTree(reply.bytes());
        assertThat(body.propertyNames()).containsExactly("code", "message", "error");
        JsonNode error = body.get("error");
        assertThat(error.propertyNames())
                .startsWith("message", "type", "param", "code")
                .isSubsetOf(
                        "message", "type", "param", "code", "reason", "position", "eta_seconds");
        Failure failure = failure(error.get("code"));
        assertThat(body.get("code").isInt()).isTrue();
        assertThat(body.get("code").intValue()).isEqualTo(failure.code());
        assertThat(error.get("type").asString()).isEqualTo(failure.type());
        assertThat(body.get("message").asString())
                .isNotBlank()
                .doesNotContain("Exception", "java.", "tools.jackson");
        assertThat(error.get("message")).isEqualTo(body.get("message"));
        if (failure == Failure.BAD_REQUEST) {
            assertThat(reply.status()).isIn(BAD_REQUEST);
        } else {
            assertThat(reply.status()).isEqualTo(failure.status());
        }
        return body;
    }

    /** A success is JSON with code 0 and no error, or a stream with its end. */
    public static void success(RawClient.Reply reply) {
        assertThat(reply.status()).isIn(200, 202);
        if ("text/event-stream".equals(reply.headers().get("content-type"))) {
            stream(reply.body());
            return;
        }
        assertThat(reply.headers())
                .containsEntry("content-type", "application/json")
                .containsKey("x-request-id");
        JsonNode body = JSON.readTree(reply.bytes());
        assertThat(body.get("code").isInt()).isTrue();
        assertThat(body.get("code").intValue()).isZero();
        assertThat(body.has("error")).isFalse();
    }

    private static void stream(String body) {
        List<String> events = List.of(body.split("\n\n"));
        assertThat(events.getLast()).isEqualTo("data: [DONE]");
        assertThat(events.subList(0, events.size() - 1))
                .isNotEmpty()
                .allSatisfy(event -> {
                    if (!event.equals(": ping")) {
                        assertThat(event).startsWith("data: {");
                        JsonNode chunk = JSON.readTree(event.substring("data: ".length()));
                        assertThat(chunk.has("error")).isFalse();
                    }
                });
    }

    private static Failure failure(JsonNode label) {
        return Stream.of(Failure.values())
                .filter(failure -> failure.label().equals(label.asString()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no such failure: " + label));
    }
}
