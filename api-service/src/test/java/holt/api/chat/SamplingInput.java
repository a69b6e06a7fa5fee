package holt.api.chat;

import static holt.api.edge.RefusalContract.with;

import holt.api.edge.BadInput;
import holt.api.edge.RawClient;
import java.util.stream.Stream;

/** Sampling parameters outside of their ranges or of wrong types. */
final class SamplingInput {
    private SamplingInput() {}

    static Stream<BadInput> cases() {
        return Stream.of(
                        values("temperature", "-0.1", "2.1", "true", "\"hot\"", "[]"),
                        values("top_p", "-0.5", "1.1", "1.5", "\"0.5\""),
                        values("top_k", "-2", "2147483648", "1.5", "\"all\""),
                        values("min_p", "-0.1", "1.1", "\"low\"", "{}"),
                        values("frequency_penalty", "-2.1", "2.1", "true"),
                        values("presence_penalty", "-2.1", "2.1", "[]"),
                        values("repetition_penalty", "-1", "\"x\""),
                        values("seed", "1.5", "36893488147419103232", "\"lucky\""),
                        values("n", "-1", "129", "1000000", "1.5", "\"2\""),
                        values("logprobs", "1", "\"true\""),
                        values("top_logprobs", "-1", "21", "1.5", "\"2\"", "2"),
                        values("logit_bias", "5", "[1]", "\"x\"", "true"),
                        values("logit_bias", "{\"the\":1}", "{\"-1\":1}", "{\"9999999999\":1}"),
                        values("logit_bias", "{\"7\":101}", "{\"7\":-101}", "{\"7\":\"1\"}"),
                        values("logit_bias", "{\"7\":null}", "{\"7\":[1]}"))
                .flatMap(values -> values);
    }

    private static Stream<BadInput> values(String param, String... values) {
        return Stream.of(values).map(value -> bad(param, value));
    }

    private static BadInput bad(String param, String value) {
        String field = "\"" + param + "\":" + value;
        return new BadInput(field, RawClient.chat(with(field)), 400, 2002, param);
    }
}
