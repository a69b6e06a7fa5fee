package holt.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * A folder in Llama layout with random weights, as fast and as large as a trained model of that shape.
 *
 * @param heads heads of queries; there are fewer of keys and values
 */
record RandomModel(
        int layers, int hidden, int intermediate, int heads, int keyValueHeads, int vocabulary) {
    /** <a href="https://huggingface.co/HuggingFaceTB/SmolLM2-135M/blob/main/config.json">SmolLM2-135M</a>. */
    static final RandomModel SMOLLM2_135M = new RandomModel(30, 576, 1536, 9, 3, 49_152);

    private static final Path TOKENIZER = Path.of("models/holt-chat");

    /** The numbers that a step reads. The embedding is also the output matrix. */
    long parameters() {
        return tensors().values().stream().mapToLong(RandomModel::count).sum();
    }

    /** Writes config.json and model.safetensors, float16. */
    void write(Path folder) throws IOException {
        Files.writeString(
                folder.resolve("config.json"),
                """
                {"architectures":["LlamaForCausalLM"],"model_type":"llama","hidden_act":"silu","hidden_size":%d,
                 "intermediate_size":%d,"num_hidden_layers":%d,"num_attention_heads":%d,"num_key_value_heads":%d,
                 "vocab_size":%d,"max_position_embeddings":8192,"rms_norm_eps":1e-05,"rope_theta":100000,
                 "tie_word_embeddings":true}
                """
                        .formatted(hidden, intermediate, layers, heads, keyValueHeads, vocabulary));
        try (OutputStream out =
                new BufferedOutputStream(
                        Files.newOutputStream(folder.resolve("model.safetensors")), 1 << 20)) {
            byte[] header = header().getBytes(StandardCharsets.UTF_8);
            out.write(little(Long.BYTES).putLong(header.length).array());
            out.write(header);
            var random = new Random(1);
            tensors().forEach((name, shape) -> write(out, name, shape, random));
        }
    }

    /** Also writes the tokenizer of the built-in model. It has fewer tokens than this model; the others have no text. */
    void writeWithTokenizer(Path folder) throws IOException {
        write(folder);
        for (String file :
                List.of("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json")) {
            Files.copy(TOKENIZER.resolve(file), folder.resolve(file));
        }
    }

    private Map<String, int[]> tensors() {
        int head = hidden / heads;
        var tensors = new LinkedHashMap<String, int[]>();
        tensors.put("model.embed_tokens.weight", new int[] {vocabulary, hidden});
        for (int i = 0; i < layers; i++) {
            String layer = "model.layers." + i + ".";
            tensors.put(layer + "input_layernorm.weight", new int[] {hidden});
            tensors.put(layer + "self_attn.q_proj.weight", new int[] {hidden, hidden});
            tensors.put(
                    layer + "self_attn.k_proj.weight", new int[] {keyValueHeads * head, hidden});
            tensors.put(
                    layer + "self_attn.v_proj.weight", new int[] {keyValueHeads * head, hidden});
            tensors.put(layer + "self_attn.o_proj.weight", new int[] {hidden, hidden});
            tensors.put(layer + "post_attention_layernorm.weight", new int[] {hidden});
            tensors.put(layer + "mlp.gate_proj.weight", new int[] {intermediate, hidden});
            tensors.put(layer + "mlp.up_proj.weight", new int[] {intermediate, hidden});
            tensors.put(layer + "mlp.down_proj.weight", new int[] {hidden, intermediate});
        }
        tensors.put("model.norm.weight", new int[] {hidden});
        return tensors;
    }

    private String header() {
        var header = new StringBuilder("{");
        long at = 0;
        for (Map.Entry<String, int[]> tensor : tensors().entrySet()) {
            long end = at + 2 * count(tensor.getValue());
            String shape =
                    tensor.getValue().length == 1
                            ? "" + tensor.getValue()[0]
                            : tensor.getValue()[0] + "," + tensor.getValue()[1];
            header.append(
                    String.format(
                            Locale.ROOT,
                            "%s\"%s\":{\"dtype\":\"F16\",\"shape\":[%s],\"data_offsets\":[%d,%d]}",
                            at == 0 ? "" : ",",
                            tensor.getKey(),
                            shape,
                            at,
                            end));
            at = end;
        }
        return header.append('}').toString();
    }

    /** Writes small random numbers for matrices, and 1 for the weights of norms. */
    private static void write(OutputStream out, String name, int[] shape, Random random) {
        ByteBuffer row = little(2 * shape[shape.length - 1]);
        int rows = shape.length == 1 ? 1 : shape[0];
        try {
            for (int i = 0; i < rows; i++) {
                row.clear();
                while (row.hasRemaining()) {
                    float value =
                            name.endsWith("norm.weight") ? 1 : (float) random.nextGaussian() / 50;
                    row.putShort(Float.floatToFloat16(value));
                }
                out.write(row.array());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long count(int[] shape) {
        return shape.length == 1 ? shape[0] : (long) shape[0] * shape[1];
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
