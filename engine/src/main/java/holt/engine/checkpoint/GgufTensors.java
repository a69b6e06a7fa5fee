package holt.engine.checkpoint;

import holt.engine.checkpoint.gguf.Dequantise;
import holt.engine.checkpoint.gguf.GgufFile;
import holt.engine.checkpoint.gguf.GgufType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Converts the tensors of a GGUF file to those of a Hugging Face folder: their names, quantised types to fp32, and for
 * {@code llama} the order of the rows of queries and keys. For {@code gemma3}, norms get what a folder has: less by one.
 */
final class GgufTensors {
    private static final Map<String, String> OUTSIDE =
            Map.of(
                    "token_embd.weight", "model.embed_tokens.weight",
                    "output_norm.weight", "model.norm.weight",
                    "output.weight", "lm_head.weight");
    private static final Map<String, String> IN_LAYER =
            Map.ofEntries(
                    Map.entry("attn_norm", "input_layernorm"),
                    Map.entry("attn_q", "self_attn.q_proj"),
                    Map.entry("attn_k", "self_attn.k_proj"),
                    Map.entry("attn_v", "self_attn.v_proj"),
                    Map.entry("attn_output", "self_attn.o_proj"),
                    Map.entry("attn_q_norm", "self_attn.q_norm"),
                    Map.entry("attn_k_norm", "self_attn.k_norm"),
                    Map.entry("post_attention_norm", "post_attention_layernorm"),
                    Map.entry("ffn_norm", "post_attention_layernorm"),
                    Map.entry("post_ffw_norm", "post_feedforward_layernorm"),
                    Map.entry("ffn_gate", "mlp.gate_proj"),
                    Map.entry("ffn_up", "mlp.up_proj"),
                    Map.entry("ffn_down", "mlp.down_proj"));
    private static final Pattern LAYER = Pattern.compile("blk\\.(\\d+)\\.(\\w+)\\.(weight|bias)");

    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private GgufTensors() {}

    /** Keeps unknown names, so that the check of the names refuses them. */
    static Map<String, StoredTensor> of(GgufFile file) {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        file.tensors()
                .forEach((name, tensor) -> {
                    if (!name.equals(GgufConfig.ROTARY_FACTORS)) {
                        String renamed = rename(file, name);
                        tensors.put(
                                renamed,
                                new StoredTensor(
                                        renamed,
                                        storedType(tensor.type()),
                                        tensor.shape(),
                                        scope -> bytes(file, name, tensor, scope)));
                    }
                });
        return tensors;
    }

    /** Quantised tensors are read as fp32. */
    private static StoredType storedType(GgufType type) {
        return switch (type) {
            case F16 -> StoredType.F16;
            case BF16 -> StoredType.BF16;
            case F32, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS ->
                    StoredType.F32;
        };
    }

    private static String rename(GgufFile file, String name) {
        Matcher parts = LAYER.matcher(name);
        if (!parts.matches()) {
            return OUTSIDE.getOrDefault(name, name);
        }
        // Where a norm follows attention, that one has the name that Llama's norm before the MLP
        // has.
        String renamed =
                parts.group(2).equals("ffn_norm")
                                && file.tensors()
                                        .containsKey(
                                                "blk."
                                                        + parts.group(1)
                                                        + ".post_attention_norm.weight")
                        ? "pre_feedforward_layernorm"
                        : IN_LAYER.get(parts.group(2));
        return renamed == null
                ? name
                : "model.layers." + parts.group(1) + "." + renamed + "." + parts.group(3);
    }

    private static MemorySegment bytes(
            GgufFile file, String name, GgufFile.Tensor tensor, Arena scope) {
        MemorySegment plain =
                tensor.type().isQuantised()
                        ? Dequantise.toFloats(tensor.type(), tensor.data(), scope)
                        : tensor.data();
        if (name.endsWith("_norm.weight") && GgufConfig.hasShiftedNorms(file)) {
            return lessOne(plain, scope);
        }
        int heads = GgufConfig.interleavedHeads(file, name);
        return heads == 0 ? plain : deinterleaved(plain, tensor.shape().getFirst(), heads, scope);
    }

    private static MemorySegment lessOne(MemorySegment from, Arena scope) {
        MemorySegment to = scope.allocate(from.byteSize(), Float.BYTES);
        for (long at = 0; at < from.byteSize(); at += Float.BYTES) {
            to.set(FLOAT, at, from.get(FLOAT, at) - 1);
        }
        return to;
    }

    /**
     * Undoes the interleaving that llama.cpp's rotary embedding needs. There, two rows that rotate together are neighbours. Here
     * they are half a head apart.
     */
    private static MemorySegment deinterleaved(
            MemorySegment from, long rows, int heads, Arena scope) {
        long rowBytes = from.byteSize() / rows;
        long half = rows / heads / 2;
        MemorySegment to = scope.allocate(from.byteSize(), Float.BYTES);
        for (long head = 0; head < heads; head++) {
            for (long i = 0; i < half; i++) {
                for (long side = 0; side < 2; side++) {
                    long source = head * 2 * half + 2 * i + side;
                    long target = head * 2 * half + side * half + i;
                    MemorySegment.copy(from, source * rowBytes, to, target * rowBytes, rowBytes);
                }
            }
        }
        return to;
    }
}
