package holt.engine.decoder;

import holt.engine.UnloadableModelException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The shape of a decoder, from config.json.
 *
 * @param contextLength the positions that the model was trained for. Without {@link DecoderLayout#sliding()}, it is limited to a sliding
 *     window: within the window, sliding attention is full attention
 * @param tied whether the embedding is also the output head
 * @param layout where the architecture differs from Llama's
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
        DecoderLayout layout) {

    private static final List<String> PLAIN =
            List.of(
                    "LlamaForCausalLM",
                    "MistralForCausalLM",
                    "Qwen2ForCausalLM",
                    "Qwen3ForCausalLM");

    private static final List<String> SUPPORTED =
            Stream.concat(
                            PLAIN.stream(),
                            Stream.of(
                                    "Gemma3ForCausalLM",
                                    "GraniteForCausalLM",
                                    "Olmo2ForCausalLM",
                                    "Phi3ForCausalLM",
                                    "Qwen3MoeForCausalLM"))
                    .toList();

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
        return read(folder, Stream.concat(PLAIN.stream(), HEADLESS.stream()).toList());
    }

    private static DecoderConfig read(Path folder, List<String> supported) {
        var json = new ConfigReader(folder);
        String architecture = json.architecture(supported);
        json.refuseUnless("is_causal", "true");
        if (json.node().hasNonNull("quantization_config")) {
            throw json.unsupported(
                    "quantization_config",
                    json.node().path("quantization_config").path("quant_method"));
        }
        int hidden = json.positive("hidden_size");
        int heads = json.positive("num_attention_heads");
        int headSize = json.positive("head_dim", hidden / heads);
        boolean attentionBias = json.truth("attention_bias", false);
        boolean qwen2 = architecture.startsWith("Qwen2");
        DecoderLayout layout = DecoderLayout.of(architecture, json, headSize);
        return new DecoderConfig(
                architecture,
                json.positive("vocab_size"),
                hidden,
                json.positive("intermediate_size"),
                json.positive("num_hidden_layers"),
                heads,
                json.positive("num_key_value_heads", heads),
                headSize,
                json.real("rms_norm_eps", 1e-6),
                json.rotaryBase(),
                json.rotaryScaling(),
                json.contextLength(layout.sliding() == null),
                json.truth("tie_word_embeddings", architecture.startsWith("Gemma")),
                attentionBias || qwen2,
                attentionBias && !qwen2,
                json.truth("mlp_bias", false),
                layout);
    }

    /** How many numbers of a head the rotary embedding turns. */
    int rotarySize() {
        return (int) (headSize * layout.rotaryShare());
    }
}
