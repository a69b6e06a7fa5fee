package holt.engine.embedding;

import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.ModelFiles;
import holt.engine.encoder.BertFolder;
import holt.engine.encoder.Pooling;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a folder's files say about its embeddings. Without modules.json, an encoder has mean pooling, as in sentence-transformers.
 *
 * @param network the folder of config.json, weights and tokenizer
 * @param unit whether vectors have the length 1
 * @param maxTokens of an input; the network may take fewer
 * @param lowerCase whether texts are written in lower case first
 * @param prompts by name; what is written before a text
 * @param defaultPrompt the name of one of them; null = none
 */
record EmbeddingFolder(
        Path network,
        Pooling pooling,
        boolean unit,
        int maxTokens,
        boolean lowerCase,
        Map<String, String> prompts,
        @Nullable String defaultPrompt) {
    private static final String MODULES = "modules.json";
    private static final String MODES = "pooling_mode_";

    /** Whether a folder is an embedding model. Opens no weights. */
    static boolean isOne(Path folder) {
        try {
            return Files.isRegularFile(folder.resolve(MODULES))
                    ? ModelFiles.jsonArray(folder, MODULES)
                            .valueStream()
                            .anyMatch(module -> isA(module, "Pooling"))
                    : Files.isDirectory(folder) && BertFolder.isEncoder(folder);
        } catch (UnloadableModelException e) {
            return Files.isRegularFile(folder.resolve(MODULES)); // loading it says what is wrong
        }
    }

    private static boolean isA(JsonNode module, String type) {
        return module.path("type").asString("").endsWith("." + type);
    }

    /** @throws UnloadableModelException if a file is missing or broken, or names something that Holt does not compute */
    static EmbeddingFolder read(Path folder) {
        Path network = folder;
        Pooling pooling = Pooling.MEAN;
        boolean unit = false;
        if (Files.isRegularFile(folder.resolve(MODULES))) {
            for (JsonNode module : ModelFiles.jsonArray(folder, MODULES)) {
                Path path = folder.resolve(module.path("path").asString(""));
                if (isA(module, "Transformer")) {
                    network = path;
                } else if (isA(module, "Pooling")) {
                    pooling = pooling(path);
                } else if (isA(module, "Normalize")) {
                    unit = true;
                } else {
                    throw new UnloadableModelException(
                            "%s: the module %s is not supported"
                                    .formatted(
                                            folder.resolve(MODULES),
                                            module.path("type").asString("(none)")));
                }
            }
        }
        JsonNode text = ModelFiles.jsonIfPresent(network, "sentence_bert_config.json");
        JsonNode prompts = ModelFiles.jsonIfPresent(folder, "config_sentence_transformers.json");
        return new EmbeddingFolder(
                network,
                pooling,
                unit,
                maxTokens(network, text),
                text.path("do_lower_case").asBoolean(false),
                prompts(prompts.path("prompts")),
                prompts.path("default_prompt_name").asString(null));
    }

    private static Pooling pooling(Path folder) {
        JsonNode config = ModelFiles.json(folder, "config.json");
        if (!config.path("include_prompt").asBoolean(true)) {
            throw unsupported(folder, "include_prompt false");
        }
        List<String> modes =
                config.path("pooling_mode").isString()
                        ? List.of(config.path("pooling_mode").asString())
                        : config.propertyStream()
                                .filter(field ->
                                        field.getKey().startsWith(MODES)
                                                && field.getValue().asBoolean(false))
                                .map(field -> field.getKey().substring(MODES.length()))
                                .map(mode -> mode.replaceFirst("_tokens?$", ""))
                                .toList();
        return Arrays.stream(Pooling.values())
                .filter(known -> modes.equals(List.of(known.label())))
                .findFirst()
                .orElseThrow(() -> unsupported(folder, "pooling " + String.join(" + ", modes)));
    }

    private static UnloadableModelException unsupported(Path folder, String what) {
        return new UnloadableModelException(
                "%s: %s is not supported".formatted(folder.resolve("config.json"), what));
    }

    private static int maxTokens(Path network, JsonNode text) {
        JsonNode own = text.path("max_seq_length");
        JsonNode tokenizer =
                Files.isRegularFile(network.resolve("tokenizer_config.json"))
                        ? ModelFiles.json(network, "tokenizer_config.json")
                        : JsonNodeFactory.instance.objectNode();
        // transformers writes 1e30 for "no limit".
        double most =
                own.isNumber()
                        ? own.asDouble()
                        : tokenizer.path("model_max_length").asDouble(Integer.MAX_VALUE);
        return (int) Math.clamp(most, 1.0, Integer.MAX_VALUE);
    }

    private static Map<String, String> prompts(JsonNode node) {
        Map<String, String> prompts = new LinkedHashMap<>();
        node.forEachEntry((name, prompt) -> prompts.put(name, prompt.asString("")));
        return prompts;
    }
}
