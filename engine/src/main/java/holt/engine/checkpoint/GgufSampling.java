package holt.engine.checkpoint;

import holt.engine.checkpoint.gguf.GgufFile;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Converts the sampling keys of a GGUF file to a generation_config.json. */
final class GgufSampling {
    private static final String PREFIX = "general.sampling.";

    /** GGUF's names to those of a generation_config.json. */
    private static final Map<String, String> NUMBERS =
            Map.of(
                    "top_p", "top_p",
                    "min_p", "min_p",
                    "penalty_repeat", "repetition_penalty");

    private GgufSampling() {}

    static ObjectNode of(GgufFile file) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        NUMBERS.forEach((key, name) ->
                file.real(PREFIX + key).ifPresent(value -> config.put(name, exact(value))));
        // llama.cpp samples greedily below 0, too.
        file.real(PREFIX + "temp")
                .ifPresent(value -> config.put("temperature", Math.max(exact(value), 0)));
        file.whole(PREFIX + "top_k").ifPresent(value -> config.put("top_k", Math.max(value, 0)));
        return config;
    }

    /** A float as people write it: 0.6, not 0.6000000238. */
    private static double exact(double value) {
        return Double.parseDouble(Float.toString((float) value));
    }
}
