package holt.engine.encoder;

import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.ExpectedTensors;
import holt.engine.checkpoint.ModelFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The shape of an encoder of the BERT or RoBERTa layout, from config.json.
 *
 * @param positions rows of the position embedding
 * @param firstPosition the position of an input's first token
 */
record BertConfig(
        String architecture,
        int vocabulary,
        int hidden,
        int intermediate,
        int layers,
        int heads,
        int positions,
        int firstPosition,
        int types,
        double epsilon,
        String activation) {
    private static final Pattern ARCHITECTURE =
            Pattern.compile("(Bert|Roberta|XLMRoberta|Camembert)(Model|ForMaskedLM)");
    private static final List<String> ACTIVATIONS = List.of("gelu", "relu");

    /** Whether config.json names an encoder. */
    static boolean isEncoder(JsonNode config) {
        return ARCHITECTURE.matcher(architecture(config)).matches();
    }

    private static String architecture(JsonNode config) {
        return config.path("architectures").path(0).asString("");
    }

    /** @throws UnloadableModelException if a key is missing, or one of its options is not supported */
    static BertConfig read(Path folder) {
        JsonNode json = ModelFiles.json(folder, "config.json");
        Path file = folder.resolve("config.json");
        if (!isEncoder(json)) {
            throw new UnloadableModelException(
                    "%s: the architecture %s is not supported for embeddings"
                            .formatted(file, architecture(json)));
        }
        String activation = json.path("hidden_act").asString("gelu");
        if (!ACTIVATIONS.contains(activation)) {
            throw unsupported(file, "hidden_act", activation);
        }
        String positions = json.path("position_embedding_type").asString("absolute");
        if (!positions.equals("absolute")) {
            throw unsupported(file, "position_embedding_type", positions);
        }
        boolean bert = architecture(json).startsWith("Bert");
        return new BertConfig(
                architecture(json),
                positive(file, json, "vocab_size"),
                positive(file, json, "hidden_size"),
                positive(file, json, "intermediate_size"),
                positive(file, json, "num_hidden_layers"),
                positive(file, json, "num_attention_heads"),
                positive(file, json, "max_position_embeddings"),
                // RoBERTa counts from behind the padding token's id.
                bert ? 0 : json.path("pad_token_id").asInt(1) + 1,
                positive(file, json, "type_vocab_size"),
                json.path("layer_norm_eps").asDouble(1e-12),
                activation);
    }

    private static int positive(Path file, JsonNode json, String key) {
        int value = json.path(key).asInt(0);
        if (value <= 0) {
            throw new UnloadableModelException(
                    "%s: %s must be a positive integer, not %s"
                            .formatted(file, key, json.path(key)));
        }
        return value;
    }

    private static UnloadableModelException unsupported(Path file, String key, String value) {
        return new UnloadableModelException(
                "%s: %s %s is not supported".formatted(file, key, value));
    }

    /** The weights, named as in a checkpoint without a prefix. */
    ExpectedTensors tensors() {
        var expected = new ExpectedTensors();
        expected.add("embeddings.word_embeddings.weight", vocabulary, hidden);
        expected.add("embeddings.position_embeddings.weight", positions, hidden);
        expected.add("embeddings.token_type_embeddings.weight", types, hidden);
        expected.norm("embeddings.LayerNorm", hidden);
        for (int i = 0; i < layers; i++) {
            String layer = "encoder.layer." + i + ".";
            for (String part : List.of("query", "key", "value")) {
                expected.linear(layer + "attention.self." + part, hidden, hidden);
            }
            expected.linear(layer + "attention.output.dense", hidden, hidden);
            expected.norm(layer + "attention.output.LayerNorm", hidden);
            expected.linear(layer + "intermediate.dense", intermediate, hidden);
            expected.linear(layer + "output.dense", hidden, intermediate);
            expected.norm(layer + "output.LayerNorm", hidden);
        }
        return expected;
    }

    EncoderFacts facts() {
        return new EncoderFacts(
                architecture,
                tensors().parameters(),
                layers,
                hidden,
                vocabulary,
                positions - firstPosition);
    }
}
