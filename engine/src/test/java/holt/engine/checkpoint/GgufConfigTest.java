package holt.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.Fixtures;
import holt.engine.GgufFixtures;
import holt.engine.checkpoint.gguf.GgufWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class GgufConfigTest {
    private static final int NORMAL = 1;
    private static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<|im_end|>",
                "<|eot_id|>",
                "<|end_of_turn|>",
                "<end_of_turn>",
                "<|endoftext|>",
                "<|end|>",
                "<|return|>",
                "</s>"
            })
    void aControlTokenWhoseTextEndsATurnEndsAnAnswer(String end) {
        assertThat(ends(vocabulary(end, CONTROL))).containsExactly(1);
    }

    @Test
    void theNamedEndOfTextIsNotTheOnlyEnd() {
        GgufWriter gguf = vocabulary("<|im_end|>", CONTROL).whole("tokenizer.ggml.eos_token_id", 0);

        assertThat(ends(gguf)).containsExactly(0, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {NORMAL, USER_DEFINED})
    void aTextThatOnlyLooksLikeAnEndDoesNotEndAnAnswer(int type) {
        assertThat(ends(vocabulary("</s>", type))).isEmpty();
    }

    @Test
    void theSamplingKeysAreAGenerationConfig() {
        GgufWriter gguf =
                writer().real("general.sampling.temp", 0.6)
                        .real("general.sampling.top_p", 0.95)
                        .whole("general.sampling.top_k", 20)
                        .real("general.sampling.penalty_repeat", 1.05);
        Path file = folder.resolve("sampling.gguf");
        gguf.write(file);

        assertThat(ModelFiles.jsonIfPresent(file, "generation_config.json").toString())
                .contains(
                        "\"temperature\":0.6",
                        "\"top_p\":0.95",
                        "\"top_k\":20",
                        "\"repetition_penalty\":1.05")
                .doesNotContain("min_p");
    }

    @ParameterizedTest
    @CsvSource({
        "scale_linear=2.0, linear, 2.0",
        "scaling.factor=2.0, linear, 2.0",
        "scaling.type=linear scale_linear=2.0, linear, 2.0",
        "scale_linear=2.0 scaling.factor=4.0, linear, 4.0",
        "scaling.type=none scale_linear=2.0, '', 0",
        "scale_linear=0.0, '', 0"
    })
    void theOlderKeyOfLinearScalingCountsLikeTheNewOne(String keys, String type, double factor) {
        GgufWriter gguf = writer();
        for (String key : keys.split(" ")) {
            String name = "llama.rope." + key.substring(0, key.indexOf('='));
            String value = key.substring(key.indexOf('=') + 1);
            if (name.endsWith("type")) {
                gguf.text(name, value);
            } else {
                gguf.real(name, Double.parseDouble(value));
            }
        }

        JsonNode scaling = config(gguf).path("rope_scaling");
        assertThat(scaling.path("rope_type").asString("")).isEqualTo(type);
        assertThat(scaling.path("factor").asDouble(0)).isEqualTo(factor);
    }

    private GgufWriter vocabulary(String second, int type) {
        return writer().texts("tokenizer.ggml.tokens", List.of("<|begin|>", second, "a"))
                .wholes("tokenizer.ggml.token_type", List.of(CONTROL, type, NORMAL));
    }

    private List<Integer> ends(GgufWriter gguf) {
        return config(gguf).path("eos_token_id").valueStream().map(JsonNode::asInt).toList();
    }

    private GgufWriter writer() {
        return GgufFixtures.writer(Fixtures.model("smollm2", folder));
    }

    private JsonNode config(GgufWriter gguf) {
        return ModelFiles.json(gguf.write(folder.resolve("a.gguf")), "config.json");
    }
}
