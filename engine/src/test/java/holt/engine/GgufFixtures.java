package holt.engine;

import holt.engine.checkpoint.Checkpoint;
import holt.engine.checkpoint.ModelFiles;
import holt.engine.checkpoint.StoredTensor;
import holt.engine.checkpoint.gguf.GgufWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The tiny models of {@link Fixtures} as GGUF files in fp32, converted as llama.cpp's scripts do. */
public final class GgufFixtures {
    private static final Map<String, String> NAMES =
            Map.ofEntries(
                    Map.entry("model.embed_tokens.", "token_embd."),
                    Map.entry("model.norm.", "output_norm."),
                    Map.entry("lm_head.", "output."),
                    Map.entry("model.layers.", "blk."),
                    Map.entry("input_layernorm", "attn_norm"),
                    Map.entry("post_attention_layernorm", "ffn_norm"),
                    Map.entry("pre_feedforward_layernorm", "ffn_norm"),
                    Map.entry("post_feedforward_layernorm", "post_ffw_norm"),
                    Map.entry("self_attn.q_proj", "attn_q"),
                    Map.entry("self_attn.k_proj", "attn_k"),
                    Map.entry("self_attn.v_proj", "attn_v"),
                    Map.entry("self_attn.o_proj", "attn_output"),
                    Map.entry("self_attn.q_norm", "attn_q_norm"),
                    Map.entry("self_attn.k_norm", "attn_k_norm"),
                    Map.entry("mlp.gate_proj", "ffn_gate"),
                    Map.entry("mlp.up_proj", "ffn_up"),
                    Map.entry("mlp.down_proj", "ffn_down"));
    private static final int NORMAL = 1;
    private static final int CONTROL = 3;

    private GgufFixtures() {}

    /**
     * Converts a model's folder. No token ends an answer: random models would end when chance wills.
     *
     * @return {@code target/name.gguf}
     */
    public static Path of(String name, Path target) {
        Path folder = Fixtures.model(name, target.resolve("safetensors"));
        return writer(folder).write(target.resolve(name + ".gguf"));
    }

    /** The same, for a test that changes something. */
    public static GgufWriter writer(Path folder) {
        JsonNode config = ModelFiles.json(folder, "config.json");
        String architecture = config.path("model_type").asString();
        if (architecture.equals("mistral")) {
            architecture = "llama";
        } else if (architecture.equals("gemma3_text")) {
            architecture = "gemma3";
        }
        GgufWriter gguf = new GgufWriter().text("general.architecture", architecture);
        writeConfig(gguf, config, architecture + ".");
        writeVocabulary(gguf, folder);
        writeTensors(gguf, folder, config, architecture);
        return gguf;
    }

    private static void writeConfig(GgufWriter gguf, JsonNode config, String prefix) {
        gguf.whole(prefix + "context_length", config.path("max_position_embeddings").asInt())
                .whole(prefix + "embedding_length", config.path("hidden_size").asInt())
                .whole(prefix + "feed_forward_length", config.path("intermediate_size").asInt())
                .whole(prefix + "block_count", config.path("num_hidden_layers").asInt())
                .whole(prefix + "attention.head_count", config.path("num_attention_heads").asInt())
                .whole(
                        prefix + "attention.head_count_kv",
                        config.path("num_key_value_heads").asInt())
                .real(
                        prefix + "attention.layer_norm_rms_epsilon",
                        config.path("rms_norm_eps").asDouble())
                .real(prefix + "rope.freq_base", config.path("rope_theta").asDouble());
        if (config.hasNonNull("head_dim")) {
            gguf.whole(prefix + "attention.key_length", config.path("head_dim").asInt());
        }
        if (config.hasNonNull("rope_local_base_freq")) {
            gguf.real(
                    prefix + "rope.freq_base_swa", config.path("rope_local_base_freq").asDouble());
        }
        if (config.hasNonNull("sliding_window")) {
            gguf.whole(prefix + "attention.sliding_window", config.path("sliding_window").asInt());
        }
        JsonNode scaling = config.path("rope_scaling");
        if (scaling.path("rope_type").asString("").equals("linear")) {
            gguf.text(prefix + "rope.scaling.type", "linear")
                    .real(prefix + "rope.scaling.factor", scaling.path("factor").asDouble());
        }
        if (scaling.path("rope_type").asString("").equals("llama3")) {
            int trained = scaling.path("original_max_position_embeddings").asInt();
            gguf.whole(prefix + "rope.scaling.original_context_length", trained);
            float[] factors = llama3Factors(config, scaling, trained);
            gguf.tensor("rope_freqs.weight", 0, List.of((long) factors.length), bytes(factors));
        }
    }

    /** As transformers computes them, in the words of its own formula. */
    private static float[] llama3Factors(JsonNode config, JsonNode scaling, int trained) {
        double factor = scaling.path("factor").asDouble();
        double low = scaling.path("low_freq_factor").asDouble();
        double high = scaling.path("high_freq_factor").asDouble();
        int size = config.path("head_dim").asInt();
        float[] factors = new float[size / 2];
        for (int i = 0; i < factors.length; i++) {
            double frequency = Math.pow(config.path("rope_theta").asDouble(), -2.0 * i / size);
            double length = 2 * Math.PI / frequency;
            double smooth = (trained / length - low) / (high - low);
            double blended = (1 - smooth) * frequency / factor + smooth * frequency;
            double scaled =
                    length < trained / high
                            ? frequency
                            : length > trained / low ? frequency / factor : blended;
            factors[i] = (float) (frequency / scaled);
        }
        return factors;
    }

    private static void writeVocabulary(GgufWriter gguf, Path folder) {
        JsonNode tokenizer = ModelFiles.json(folder, "tokenizer.json");
        Map<Integer, String> tokens = new TreeMap<>();
        tokenizer
                .path("model")
                .path("vocab")
                .forEachEntry((token, id) -> tokens.put(id.asInt(), token));
        List<Integer> control = new ArrayList<>();
        for (JsonNode added : tokenizer.path("added_tokens")) {
            tokens.put(added.path("id").asInt(), endless(added.path("content").asString()));
            control.add(added.path("id").asInt());
        }
        boolean smollm = tokenizer.path("pre_tokenizer").toString().contains("\"Digits\"");
        List<String> merges = new ArrayList<>();
        for (JsonNode merge : tokenizer.path("model").path("merges")) {
            merges.add(
                    merge.isArray()
                            ? merge.path(0).asString() + " " + merge.path(1).asString()
                            : merge.asString());
        }
        JsonNode config = ModelFiles.json(folder, "tokenizer_config.json");
        gguf.text("tokenizer.ggml.model", "gpt2")
                .text("tokenizer.ggml.pre", smollm ? "smollm" : "llama-bpe")
                .texts("tokenizer.ggml.tokens", List.copyOf(tokens.values()))
                .wholes(
                        "tokenizer.ggml.token_type",
                        tokens.keySet().stream()
                                .map(id -> control.contains(id) ? CONTROL : NORMAL)
                                .toList())
                .texts("tokenizer.ggml.merges", merges)
                .text("tokenizer.chat_template", template(folder, config));
        String begin = config.path("bos_token").asString("");
        tokens.forEach((id, token) -> {
            if (token.equals(begin)) {
                gguf.whole("tokenizer.ggml.bos_token_id", id);
            }
        });
    }

    /** Renames the token that would end an answer by its text. */
    private static String endless(String text) {
        return text.replace("<|im_end|>", "<|im_other|>");
    }

    private static String template(Path folder, JsonNode config) {
        Path file = folder.resolve("chat_template.jinja");
        try {
            return endless(
                    Files.exists(file)
                            ? Files.readString(file)
                            : config.path("chat_template").asString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeTensors(
            GgufWriter gguf, Path folder, JsonNode config, String architecture) {
        boolean interleaved = architecture.equals("llama");
        boolean gemma = architecture.equals("gemma3");
        boolean tied = config.path("tie_word_embeddings").asBoolean();
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            checkpoint
                    .tensors()
                    .forEach((name, tensor) -> {
                        if (tied && name.equals("lm_head.weight")) {
                            return;
                        }
                        float[] values = floats(tensor);
                        int width =
                                tensor.shape().size() == 1 ? 1 : tensor.shape().get(1).intValue();
                        if (interleaved && name.contains("self_attn.q_proj")) {
                            values =
                                    interleave(
                                            values,
                                            config.path("num_attention_heads").asInt(),
                                            width);
                        } else if (interleaved && name.contains("self_attn.k_proj")) {
                            values =
                                    interleave(
                                            values,
                                            config.path("num_key_value_heads").asInt(),
                                            width);
                        }
                        if (gemma && name.endsWith("norm.weight")) {
                            for (int i = 0; i < values.length; i++) {
                                values[i] += 1;
                            }
                        }
                        String renamed =
                                rename(
                                        gemma
                                                ? name.replace(
                                                        "post_attention_layernorm",
                                                        "post_attention_norm")
                                                : name);
                        gguf.tensor(renamed, 0, tensor.shape(), bytes(values));
                    });
        }
    }

    private static String rename(String name) {
        String renamed = name;
        // Longest first: one name ends another.
        for (String each :
                NAMES.keySet().stream().sorted((a, b) -> b.length() - a.length()).toList()) {
            renamed = renamed.replace(each, NAMES.get(each));
        }
        return renamed;
    }

    /** {@code reshape(heads, 2, size / 2, width).swapaxes(1, 2)}, where a head has {@code size} rows. */
    private static float[] interleave(float[] values, int heads, int width) {
        int size = values.length / heads / width;
        float[] result = new float[values.length];
        for (int head = 0; head < heads; head++) {
            for (int side = 0; side < 2; side++) {
                for (int i = 0; i < size / 2; i++) {
                    int from = head * size + side * (size / 2) + i;
                    int to = head * size + i * 2 + side;
                    System.arraycopy(values, from * width, result, to * width, width);
                }
            }
        }
        return result;
    }

    private static float[] floats(StoredTensor tensor) {
        try (Arena unused = Arena.ofConfined()) {
            ByteBuffer data =
                    ByteBuffer.wrap(tensor.data(unused).toArray(ValueLayout.JAVA_BYTE))
                            .order(ByteOrder.LITTLE_ENDIAN);
            float[] values = new float[(int) tensor.elements()];
            for (int i = 0; i < values.length; i++) {
                values[i] =
                        switch (tensor.type()) {
                            case F32 -> data.getFloat();
                            case F16 -> Float.float16ToFloat(data.getShort());
                            case BF16 -> Float.intBitsToFloat(data.getShort() << 16);
                        };
            }
            return values;
        }
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }
}
