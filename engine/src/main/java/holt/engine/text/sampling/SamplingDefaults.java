package holt.engine.text.sampling;

import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.ModelFiles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A model's values for what a request leaves out, by its {@code generation_config.json} or its GGUF file. Null where the file says
 * nothing.
 *
 * @param temperature 0 if the file says {@code do_sample: false}
 * @param topK null also stands for all tokens
 */
public record SamplingDefaults(
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer topK,
        @Nullable Double minP,
        @Nullable Double repetition) {
    private static final String FILE = "generation_config.json";

    /** @throws UnloadableModelException if the model has an invalid value */
    public static SamplingDefaults read(Path model) {
        JsonNode json = ModelFiles.jsonIfPresent(model, FILE);
        JsonNode sample = json.path("do_sample");
        Double temperature = number(model, json, "temperature", 0, Double.MAX_VALUE);
        return new SamplingDefaults(
                sample.isBoolean() && !sample.booleanValue() ? Double.valueOf(0) : temperature,
                number(model, json, "top_p", 0, 1),
                topK(model, json),
                number(model, json, "min_p", 0, 1),
                number(model, json, "repetition_penalty", Double.MIN_VALUE, Double.MAX_VALUE));
    }

    private static @Nullable Integer topK(Path model, JsonNode json) {
        Double count = number(model, json, "top_k", -1, Integer.MAX_VALUE);
        return count == null || count < 1 ? null : Integer.valueOf(count.intValue());
    }

    private static @Nullable Double number(
            Path model, JsonNode json, String key, double least, double most) {
        JsonNode value = json.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!(value.isNumber() && value.asDouble() >= least && value.asDouble() <= most)) {
            throw new UnloadableModelException(
                    "%s: the %s %s of %s is out of range".formatted(model, key, value, FILE));
        }
        return value.asDouble();
    }
}
