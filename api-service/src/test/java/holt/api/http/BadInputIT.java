package holt.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.chat.ChatInput;
import holt.api.chat.SamplingInput;
import holt.api.edge.BadInput;
import holt.api.edge.RefusalContract;
import java.io.IOException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every request that must be refused, byte by byte, and what it gets. */
class BadInputIT extends RefusalContract {
    static Stream<BadInput> cases() {
        return Stream.of(
                        TransportInput.cases(),
                        JsonInput.cases(),
                        ChatInput.cases(),
                        SamplingInput.cases())
                .flatMap(Function.identity());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isRefused(BadInput bad) throws IOException {
        JsonNode error = refused(bad.request(), bad.status(), bad.code()).get("error");

        if (bad.param() != null) {
            assertThat(error.get("param").asString()).isEqualTo(bad.param());
        }
    }
}
