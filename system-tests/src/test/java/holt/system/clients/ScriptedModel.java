package holt.system.clients;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model whose replies are written here, so that agents get somewhere. Its chat template looks at the tools and at the last message, and ends
 * the prompt with the token of a reply. Each token of a reply has one successor, which the weights hold.
 */
final class ScriptedModel {
    static final String NAME = "scripted";

    /** The replies by their names. A reply that calls a tool has the tool's name. */
    private static final Map<String, String> REPLIES =
            new LinkedHashMap<>(
                    Map.of(
                            "hello",
                            "I am a script.",
                            "noon",
                            "It is noon in Oslo.",
                            "lost",
                            "I could not find out.",
                            "get_time",
                            call("get_time", "{\"city\": \"Oslo\"}"),
                            "exec_command",
                            call("exec_command", "{\"cmd\": \"cat time.txt\"}"),
                            "bash",
                            call(
                                    "bash",
                                    "{\"command\": \"cat ./time.txt\", \"description\": \"Reads a file\"}")));

    /** The tag of calls in the comment tells Holt the syntax. A result that names an assistant hands a question to that one. */
    private static final String TEMPLATE =
            """
            {#- <tool_call> -#}
            {%- set reply = namespace(name='hello') -%}
            {%- for tool in tools or [] -%}
              {{- tool.function.name + ' ' -}}
              {%- if tool.function.name in ['get_time', 'exec_command', 'bash'] -%}
                {%- set reply.name = tool.function.name -%}
              {%- endif -%}
            {%- endfor -%}
            {%- set last = messages[-1] -%}
            {%- if last.role == 'tool' and 'noon in Oslo' in last.content -%}
              {%- set reply.name = 'noon' -%}
            {%- elif last.role == 'tool' and 'assistant' not in last.content -%}
              {%- set reply.name = 'lost' -%}
            {%- endif -%}
            {{- '<|' + reply.name + '|>' -}}
            """;

    private static final int PARTS = 4;
    private static final JsonMapper JSON = new JsonMapper();

    private final ObjectNode tokenizer;
    private final int known;
    private final int end;
    private final List<String> added = new ArrayList<>();
    private final Map<Integer, Integer> next = new LinkedHashMap<>();

    private ScriptedModel(ObjectNode tokenizer) {
        this.tokenizer = tokenizer;
        this.known = tokenizer.path("model").path("vocab").size();
        this.end = tokenizer.path("model").path("vocab").path("<|im_end|>").asInt();
    }

    /**
     * Writes {@code models/scripted}.
     *
     * @param chat the folder of {@code holt-chat}, whose tokens it has
     */
    static void write(Path chat, Path models) throws IOException {
        var tokenizer = (ObjectNode) JSON.readTree(chat.resolve("tokenizer.json"));
        new ScriptedModel(tokenizer).write(Files.createDirectories(models.resolve(NAME)));
    }

    private static String call(String tool, String arguments) {
        return "<tool_call>\n{\"name\": \"%s\", \"arguments\": %s}\n</tool_call>"
                .formatted(tool, arguments);
    }

    private void write(Path folder) throws IOException {
        REPLIES.forEach(this::chain);
        JSON.writeValue(folder.resolve("tokenizer.json"), tokenizer);
        JSON.writeValue(
                folder.resolve("tokenizer_config.json"),
                Map.of("chat_template", TEMPLATE, "eos_token", "<|im_end|>"));
        JSON.writeValue(folder.resolve("config.json"), config());
        writeWeights(folder.resolve("model.safetensors"));
    }

    /** Adds a reply's tokens: its name, then parts of its text. A text that occurred before would have two successors. */
    private void chain(String name, String reply) {
        int token = add("<|" + name + "|>", true);
        for (int part = 0; part < PARTS; part++) {
            int from = reply.length() * part / PARTS;
            int to = reply.length() * (part + 1) / PARTS;
            int successor = add(reply.substring(from, to), false);
            next.put(token, successor);
            token = successor;
        }
        next.put(token, end);
    }

    private int add(String text, boolean special) {
        if (added.contains(text) || tokenizer.path("model").path("vocab").has(text)) {
            throw new IllegalArgumentException("a token already: " + text);
        }
        int id = known + added.size();
        added.add(text);
        ((ArrayNode) tokenizer.path("added_tokens"))
                .addObject()
                .put("id", id)
                .put("content", text)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", special);
        return id;
    }

    private int vocabulary() {
        return known + added.size();
    }

    /** A dimension for each added token, and one for all others. */
    private int hidden() {
        return added.size() + 1;
    }

    private Map<String, Object> config() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("architectures", List.of("LlamaForCausalLM"));
        config.put("model_type", "llama");
        config.put("hidden_act", "silu");
        config.put("hidden_size", hidden());
        config.put("intermediate_size", 8);
        config.put("num_hidden_layers", 1);
        config.put("num_attention_heads", 1);
        config.put("num_key_value_heads", 1);
        config.put("head_dim", 8);
        config.put("vocab_size", vocabulary());
        config.put("max_position_embeddings", 4096);
        config.put("rms_norm_eps", 1e-5);
        config.put("tie_word_embeddings", false);
        config.put("eos_token_id", end);
        return config;
    }

    /** The layer adds nothing, so a token's own dimension chooses the next token. */
    private void writeWeights(Path file) throws IOException {
        int hidden = hidden();
        Map<String, int[]> shapes = new LinkedHashMap<>();
        shapes.put("model.embed_tokens.weight", new int[] {vocabulary(), hidden});
        shapes.put("lm_head.weight", new int[] {vocabulary(), hidden});
        shapes.put("model.norm.weight", new int[] {hidden});
        String layer = "model.layers.0.";
        shapes.put(layer + "input_layernorm.weight", new int[] {hidden});
        shapes.put(layer + "post_attention_layernorm.weight", new int[] {hidden});
        for (String name : List.of("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj")) {
            shapes.put(layer + name + ".weight", new int[] {8, hidden});
        }
        shapes.put(layer + "self_attn.o_proj.weight", new int[] {hidden, 8});
        shapes.put(layer + "mlp.gate_proj.weight", new int[] {8, hidden});
        shapes.put(layer + "mlp.up_proj.weight", new int[] {8, hidden});
        shapes.put(layer + "mlp.down_proj.weight", new int[] {hidden, 8});

        ObjectNode header = JSON.createObjectNode();
        long at = 0;
        for (Map.Entry<String, int[]> shape : shapes.entrySet()) {
            long from = at;
            at += 4L * size(shape.getValue());
            header.putObject(shape.getKey())
                    .put("dtype", "F32")
                    .set("shape", JSON.valueToTree(shape.getValue()))
                    .set("data_offsets", JSON.valueToTree(new long[] {from, at}));
        }
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        try (var out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeLong(Long.reverseBytes(json.length));
            out.write(json);
            for (Map.Entry<String, int[]> shape : shapes.entrySet()) {
                out.write(bytes(values(shape.getKey(), size(shape.getValue()))));
            }
        }
    }

    private float[] values(String tensor, int size) {
        int hidden = hidden();
        float[] values = new float[size];
        if (tensor.endsWith("norm.weight")) {
            Arrays.fill(values, 4);
        } else if (tensor.startsWith("model.embed_tokens")) {
            for (int id = 0; id < vocabulary(); id++) {
                values[id * hidden + dimension(id)] = 1;
            }
        } else if (tensor.startsWith("lm_head")) {
            next.forEach((id, successor) -> values[successor * hidden + dimension(id)] = 1);
            values[end * hidden + dimension(end)] = 1;
        }
        return values;
    }

    private int dimension(int id) {
        return id < known ? 0 : id - known + 1;
    }

    private static int size(int[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        FloatBuffer floats = bytes.asFloatBuffer();
        floats.put(values);
        return bytes.array();
    }
}
