package holt.engine.decoder;

import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.ModelFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Reads keys of a config.json and reports unusable values. */
record ConfigReader(Path folder, JsonNode node) {
    ConfigReader(Path folder) {
        this(folder, ModelFiles.json(folder, "config.json"));
    }

    String architecture(List<String> supported) {
        String architecture = node.path("architectures").path(0).asString("");
        if (!supported.contains(architecture)) {
            String named =
                    architecture.isEmpty()
                            ? node.path("model_type").asString("(none)")
                            : architecture;
            throw new UnloadableModelException(
                    "%s: the architecture %s is not supported; supported are %s"
                            .formatted(
                                    folder.resolve("config.json"),
                                    named,
                                    String.join(", ", supported)));
        }
        return architecture;
    }

    int positive(String key) {
        int value = node.path(key).asInt(0);
        if (value <= 0) {
            throw new UnloadableModelException(
                    "%s: %s must be a positive integer, not %s"
                            .formatted(folder.resolve("config.json"), key, node.path(key)));
        }
        return value;
    }

    int positive(String key, int otherwise) {
        return node.hasNonNull(key) ? positive(key) : otherwise;
    }

    double real(String key, double otherwise) {
        return node.path(key).asDouble(otherwise);
    }

    boolean truth(String key, boolean otherwise) {
        return node.path(key).asBoolean(otherwise);
    }

    void refuseUnless(String key, String expected) {
        if (node.hasNonNull(key) && !node.path(key).asString("").equals(expected)) {
            throw unsupported(key, node.path(key));
        }
    }

    /** Refuses any value but null. */
    void refuse(String key) {
        if (node.hasNonNull(key)) {
            throw unsupported(key, node.path(key));
        }
    }

    UnloadableModelException unsupported(String key, JsonNode value) {
        return new UnloadableModelException(
                "%s: %s %s is not supported".formatted(folder.resolve("config.json"), key, value));
    }

    /** @param limited to a sliding window */
    int contextLength(boolean limited) {
        int context = positive("max_position_embeddings");
        if (rotaryKind(scaling()).equals("longrope")) {
            return Math.min(context, trained());
        }
        boolean sliding = truth("use_sliding_window", true) && node.hasNonNull("sliding_window");
        return limited && sliding ? Math.min(context, positive("sliding_window")) : context;
    }

    double rotaryBase() {
        double base = newer().path("rope_theta").asDouble(10_000);
        return real("rope_theta", base);
    }

    RotaryScaling rotaryScaling() {
        JsonNode scaling = scaling();
        String kind = rotaryKind(scaling);
        return switch (kind) {
            case "default" -> RotaryScaling.NONE;
            case "linear" -> RotaryScaling.linear(number(scaling, "factor"));
            case "llama3" ->
                    RotaryScaling.llama3(
                            number(scaling, "factor"),
                            number(scaling, "low_freq_factor"),
                            number(scaling, "high_freq_factor"),
                            number(scaling, "original_max_position_embeddings"));
            case "longrope" -> longRope(scaling);
            default -> throw unsupported("rope_scaling", scaling);
        };
    }

    /**
     * Phi-3's scaling has divisors for short texts and for long ones. Here the context is short: the one of the original training. The paper is
     * <a href="https://arxiv.org/abs/2402.13753">LongRoPE</a>.
     */
    private RotaryScaling longRope(JsonNode scaling) {
        double ratio = (double) positive("max_position_embeddings") / trained();
        double scale = ratio <= 1 ? 1 : Math.sqrt(1 + Math.log(ratio) / Math.log(trained()));
        return RotaryScaling.longRope(
                StreamSupport.stream(scaling.path("short_factor").spliterator(), false)
                        .mapToDouble(JsonNode::asDouble)
                        .boxed()
                        .toList(),
                scaling.path("attention_factor").asDouble(scale));
    }

    private int trained() {
        return positive("original_max_position_embeddings");
    }

    private JsonNode scaling() {
        return node.hasNonNull("rope_scaling") ? node.path("rope_scaling") : newer();
    }

    /** Where later releases of transformers write the rotary parameters. Of several kinds of layers, those that see the whole text. */
    private JsonNode newer() {
        JsonNode all = node.path("rope_parameters");
        return all.has("full_attention") ? all.path("full_attention") : all;
    }

    private static String rotaryKind(JsonNode scaling) {
        return scaling.path("rope_type").asString(scaling.path("type").asString("default"));
    }

    private double number(JsonNode scaling, String key) {
        double value = scaling.path(key).asDouble(0);
        if (!(value > 0)) {
            throw new UnloadableModelException(
                    "%s: rope_scaling needs a positive %s"
                            .formatted(folder.resolve("config.json"), key));
        }
        return value;
    }
}
