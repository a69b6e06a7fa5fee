package holt.api;

import static holt.api.RawClient.chat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What says how a chat is drawn: values outside their ranges, and of other types. */
class SamplingInputIT extends RefusalContract {
    static Stream<Arguments> refused() {
        return Stream.of(
                        values("temperature", "-0.1", "2.1", "true", "\"hot\"", "[]"),
                        values("top_p", "-0.5", "1.1", "\"0.5\""),
                        values("top_k", "-2", "2147483648", "1.5", "\"all\""),
                        values("min_p", "-0.1", "1.1", "\"low\"", "{}"),
                        values("frequency_penalty", "-2.1", "2.1", "true"),
                        values("presence_penalty", "-2.1", "2.1", "[]"),
                        values("repetition_penalty", "-1", "\"x\""),
                        values("seed", "1.5", "36893488147419103232", "\"lucky\""),
                        values("n", "-1", "129", "1.5", "\"2\""),
                        values("logprobs", "1", "\"true\""),
                        values("top_logprobs", "-1", "21", "1.5", "\"2\"", "2"),
                        values("logit_bias", "5", "[1]", "\"x\"", "true"),
                        values("logit_bias", "{\"the\":1}", "{\"-1\":1}", "{\"9999999999\":1}"),
                        values("logit_bias", "{\"7\":101}", "{\"7\":-101}", "{\"7\":\"1\"}"),
                        values("logit_bias", "{\"7\":null}", "{\"7\":[1]}"))
                .flatMap(values -> values);
    }

    static Stream<Arguments> accepted() {
        return Stream.of(
                        values("temperature", "0", "2", "1e-9", "null"),
                        values("top_p", "0", "1", "0.001"),
                        values("top_k", "-1", "0", "1", "2147483647"),
                        values("min_p", "0", "1"),
                        values("frequency_penalty", "-2", "2", "0"),
                        values("presence_penalty", "-2", "2", "0"),
                        values("repetition_penalty", "0", "0.01", "1000"),
                        values("seed", "-9223372036854775808", "9223372036854775807"),
                        values("n", "0", "1", "128"),
                        values("logprobs", "true", "false", "true,\"top_logprobs\":20"),
                        values("top_logprobs", "0"),
                        values("logit_bias", "{}", "{\"0\":-100}", "{\"7\":100}", "null"))
                .flatMap(values -> values);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refused")
    void refusesByName(String param, String value) throws IOException {
        String said =
                refused(chat(with("\"" + param + "\":" + value)), 400, 2002)
                        .at("/error/param")
                        .asString();

        assertThat(said).isEqualTo(param);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("accepted")
    void acceptsTheBounds(String param, String value) throws IOException {
        try (var client = new RawClient(server.port())) {
            RawClient.Reply reply = client.send(chat(with("\"" + param + "\":" + value))).reply();

            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            assertThat(server.queue().taken).hasSize(1);
        }
    }

    private static Stream<Arguments> values(String param, String... values) {
        return Stream.of(values).map(value -> arguments(param, value));
    }
}
