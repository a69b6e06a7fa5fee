package holt.engine.decoder;

import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.ModelFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The shape of a decoder, from config.json.
 *
 * @param contextLength the positions that the model was trained for, limited to its sliding window; within the window,
 *     sliding attention is full attention
 * @param tied whether the embedding is also the output head
 */
record DecoderConfig(
        String architecture,
        int vocabulary,
        int hidden,
        int intermediate,
        int layers,
        int heads,
        int keyValueHeads,
        int headSize,
        double epsilon,
        double rotaryBase,
        RotaryScaling rotaryScaling,
        int contextLength,
        boolean tied,
        boolean queryKeyValueBias,
        boolean outputBias,
        boolean mlpBias,
        boolean queryKeyNorm) {

    private static final List<String> SUPPORTED =
            List.of(
                    "LlamaForCausalLM",
                    "MistralForCausalLM",
                    "Qwen2ForCausalLM",
                    "Qwen3ForCausalLM");

    /** The same without an output head, for embeddings. */
    private static final List<String> HEADLESS =
            List.of("LlamaModel", "MistralModel", "Qwen2Model", "Qwen3Model");

    /**
     * Reads config.json.
     *
     * @throws UnloadableModelException if a key is missing, or the architecture or one of its options is not supported
     */
    static DecoderConfig read(Path folder) {
        return read(folder, SUPPORTED);
    }

    /**
     * Reads config.json of a model for embeddings, which needs no output head.
     *
     * @throws UnloadableModelException if a key is missing, or the architecture or one of its options is not supported
     */
    static DecoderConfig readForEmbeddings(Path folder) {
        return read(folder, Stream.concat(SUPPORTED.stream(), HEADLESS.stream()).toList());
    }

    private static DecoderConfig read(Path folder, List<String> supported) {
        Reader json = new Reader(folder, ModelFiles.json(folder, "config.json"));
        String architecture = json.architecture(supported);
        json.refuseUnless("is_causal", "true");
        json.refuseUnless("hidden_act", "silu");
        if (json.node.hasNonNull("quantization_config")) {
            throw json.unsupported(
                    "quantization_config",
                    json.node.path("quantization_config").path("quant_method"));
        }
        int hidden = json.positive("hidden_size");
        int heads = json.positive("num_attention_heads");
        boolean attentionBias = json.node.path("attention_bias").asBoolean(false);
        boolean qwen2 = architecture.startsWith("Qwen2");
        return new DecoderConfig(
                architecture,
                json.positive("vocab_size"),
                hidden,
                json.positive("intermediate_size"),
                json.positive("num_hidden_layers"),
                heads,
                json.positive("num_key_value_heads", heads),
                json.positive("head_dim", hidden / heads),
                json.node.path("rms_norm_eps").asDouble(1e-6),
                json.rotaryBase(),
                json.rotaryScaling(),
                json.contextLength(),
                json.node.path("tie_word_embeddings").asBoolean(false),
                attentionBias || qwen2,
                attentionBias && !qwen2,
                json.node.path("mlp_bias").asBoolean(false),
                architecture.startsWith("Qwen3"));
    }

    /** Reads keys and reports unusable values. */
    private record Reader(Path folder, JsonNode node) {
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

        void refuseUnless(String key, String expected) {
            if (node.hasNonNull(key) && !node.path(key).asString("").equals(expected)) {
                throw unsupported(key, node.path(key));
            }
        }

        UnloadableModelException unsupported(String key, JsonNode value) {
            return new UnloadableModelException(
                    "%s: %s %s is not supported"
                            .formatted(folder.resolve("config.json"), key, value));
        }

        int contextLength() {
            int context = positive("max_position_embeddings");
            boolean sliding =
                    node.path("use_sliding_window").asBoolean(true)
                            && node.hasNonNull("sliding_window");
            return sliding ? Math.min(context, positive("sliding_window")) : context;
        }

        double rotaryBase() {
            double base = node.path("rope_parameters").path("rope_theta").asDouble(10_000);
            return node.path("rope_theta").asDouble(base);
        }

        RotaryScaling rotaryScaling() {
            JsonNode scaling =
                    node.hasNonNull("rope_scaling")
                            ? node.path("rope_scaling")
                            : node.path("rope_parameters");
            String kind =
                    scaling.path("rope_type").asString(scaling.path("type").asString("default"));
            return switch (kind) {
                case "default" -> RotaryScaling.NONE;
                case "linear" -> new RotaryScaling(kind, number(scaling, "factor"), 1, 1, 1);
                case "llama3" ->
                        new RotaryScaling(
                                kind,
                                number(scaling, "factor"),
                                number(scaling, "low_freq_factor"),
                                number(scaling, "high_freq_factor"),
                                number(scaling, "original_max_position_embeddings"));
                default -> throw unsupported("rope_scaling", scaling);
            };
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
}
