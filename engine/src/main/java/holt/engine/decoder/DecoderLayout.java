package holt.engine.decoder;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where an architecture differs from Llama's.
 *
 * @param fused queries, keys and values are one matrix, and so are gate and up
 * @param gelu the tanh approximation of GELU instead of SiLU
 * @param normOffset added to the weights of all norms
 * @param rotaryShare the share of a head that the rotary embedding turns
 * @param sliding null: each layer sees the whole text
 * @param experts null: each layer has one MLP
 */
record DecoderLayout(
        boolean fused,
        boolean gelu,
        Norms norms,
        HeadNorm headNorm,
        double normOffset,
        Scales scales,
        double rotaryShare,
        @Nullable Sliding sliding,
        @Nullable Experts experts) {

    /** Where a layer has norms. */
    enum Norms {
        BEFORE,
        AFTER,
        BOTH;

        boolean before() {
            return this != AFTER;
        }

        boolean after() {
            return this != BEFORE;
        }
    }

    /** Norms of queries and keys: none, one for all heads, or one over all heads. */
    enum HeadNorm {
        NONE,
        EACH,
        WHOLE
    }

    /**
     * Factors of numbers on their way through the model.
     *
     * @param attention of the products of queries and keys
     * @param residual of what attention and MLP add
     */
    record Scales(double embedding, double attention, double residual, double logitsDivisor) {}

    /**
     * Layers that see only the last tokens.
     *
     * @param window how many tokens
     * @param rotaryBase of these layers
     * @param layers for each layer, whether it slides
     */
    record Sliding(int window, double rotaryBase, List<Boolean> layers) {}

    /**
     * MLPs of which each token uses some.
     *
     * @param used by a token
     * @param normalised whether the shares of a token's experts sum to 1
     * @param dense layers without experts
     */
    record Experts(int count, int used, int intermediate, boolean normalised, Set<Integer> dense) {}

    static DecoderLayout of(String architecture, ConfigReader json, int headSize) {
        json.refuseUnless(
                "hidden_act", architecture.startsWith("Gemma3") ? "gelu_pytorch_tanh" : "silu");
        var scales = new Scales(1, 1 / Math.sqrt(headSize), 1, 1);
        return switch (architecture) {
            case "Gemma3ForCausalLM" -> gemma3(json);
            case "GraniteForCausalLM" ->
                    plain(
                            HeadNorm.NONE,
                            new Scales(
                                    json.real("embedding_multiplier", 1),
                                    json.real("attention_multiplier", scales.attention),
                                    json.real("residual_multiplier", 1),
                                    json.real("logits_scaling", 1)),
                            null);
            case "Olmo2ForCausalLM" ->
                    new DecoderLayout(
                            false, false, Norms.AFTER, HeadNorm.WHOLE, 0, scales, 1, null, null);
            case "Phi3ForCausalLM" -> phi3(json, scales);
            case "Qwen3ForCausalLM", "Qwen3Model" -> plain(HeadNorm.EACH, scales, null);
            case "Qwen3MoeForCausalLM" -> plain(HeadNorm.EACH, scales, experts(json));
            default -> plain(HeadNorm.NONE, scales, null);
        };
    }

    private static DecoderLayout plain(
            HeadNorm headNorm, Scales scales, @Nullable Experts experts) {
        return new DecoderLayout(false, false, Norms.BEFORE, headNorm, 0, scales, 1, null, experts);
    }

    private static DecoderLayout gemma3(ConfigReader json) {
        json.refuseUnless("hidden_activation", "gelu_pytorch_tanh");
        json.refuse("attn_logit_softcapping");
        json.refuse("final_logit_softcapping");
        double base =
                json.node()
                        .path("rope_parameters")
                        .path("sliding_attention")
                        .path("rope_theta")
                        .asDouble(10_000);
        var sliding =
                new Sliding(
                        json.positive("sliding_window"),
                        json.real("rope_local_base_freq", base),
                        slidingLayers(json));
        var scales =
                new Scales(
                        Math.sqrt(json.positive("hidden_size")),
                        1 / Math.sqrt(json.positive("query_pre_attn_scalar", 256)),
                        1,
                        1);
        return new DecoderLayout(
                false, true, Norms.BOTH, HeadNorm.EACH, 1, scales, 1, sliding, null);
    }

    private static List<Boolean> slidingLayers(ConfigReader json) {
        JsonNode types = json.node().path("layer_types");
        int every = json.positive("sliding_window_pattern", 6);
        return IntStream.range(0, json.positive("num_hidden_layers"))
                .mapToObj(layer ->
                        types.isArray()
                                ? types.path(layer).asString("").equals("sliding_attention")
                                : (layer + 1) % every != 0)
                .toList();
    }

    private static DecoderLayout phi3(ConfigReader json, Scales scales) {
        int window = json.positive("sliding_window", Integer.MAX_VALUE);
        Sliding sliding =
                window < json.contextLength(false)
                        ? new Sliding(
                                window,
                                json.rotaryBase(),
                                Collections.nCopies(json.positive("num_hidden_layers"), true))
                        : null;
        return new DecoderLayout(
                true,
                false,
                Norms.BEFORE,
                HeadNorm.NONE,
                0,
                scales,
                json.real("partial_rotary_factor", 1),
                sliding,
                null);
    }

    private static Experts experts(ConfigReader json) {
        int step = json.positive("decoder_sparse_step", 1);
        Set<Integer> dense = new HashSet<>();
        StreamSupport.stream(json.node().path("mlp_only_layers").spliterator(), false)
                .forEach(layer -> dense.add(layer.asInt()));
        IntStream.range(0, json.positive("num_hidden_layers"))
                .filter(layer -> (layer + 1) % step != 0)
                .forEach(dense::add);
        return new Experts(
                json.positive("num_experts"),
                json.positive("num_experts_per_tok"),
                json.positive("moe_intermediate_size"),
                json.truth("norm_topk_prob", false),
                Set.copyOf(dense));
    }
}
