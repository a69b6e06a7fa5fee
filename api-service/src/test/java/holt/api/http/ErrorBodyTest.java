package holt.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.Refusal;
import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ErrorBodyTest {
    @Test
    @DisplayName("R175: a refusal with 429 names the bound, the position and the time")
    void aRefusalNamesItsReason() {
        JsonNode error =
                detail(
                        RequestRejectedException.limited(
                                new Refusal(Refusal.Reason.QUEUE_FULL, 7L, 40L),
                                "6 jobs wait",
                                Duration.ofSeconds(1)));

        assertThat(error.get("message").asString()).isEqualTo("queue_full: 6 jobs wait");
        assertThat(error.get("code").asString()).isEqualTo("rate_limit_exceeded");
        assertThat(error.get("reason").asString()).isEqualTo("queue_full");
        assertThat(error.get("position").asInt()).isEqualTo(7);
        assertThat(error.get("eta_seconds").asInt()).isEqualTo(40);
    }

    @Test
    void anotherFailureHasNoReason() {
        JsonNode error = detail(new RequestRejectedException(Failure.BAD_REQUEST, "no"));

        assertThat(error.propertyNames()).containsExactly("message", "type", "param", "code");
    }

    private static JsonNode detail(RequestRejectedException rejected) {
        return Json.MAPPER.readTree(Json.write(ErrorBody.of(rejected))).get("error");
    }
}
