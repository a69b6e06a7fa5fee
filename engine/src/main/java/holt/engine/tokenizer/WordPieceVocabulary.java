package holt.engine.tokenizer;

import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.ModelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Converts the vocab.txt of a BERT to the tokenizer.json that `transformers` makes of it. */
final class WordPieceVocabulary {
    static final String FILE = "vocab.txt";

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> SPECIAL =
            List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

    private WordPieceVocabulary() {}

    /** Whether the folder has a vocab.txt and no tokenizer.json. */
    static boolean isAlone(Path folder) {
        return Files.isRegularFile(folder.resolve(FILE))
                && !Files.exists(folder.resolve("tokenizer.json"));
    }

    /** @throws UnloadableModelException if it has no special tokens */
    static JsonNode json(Path folder) {
        Map<String, Integer> vocabulary = vocabulary(folder.resolve(FILE));
        JsonNode config = ModelFiles.jsonIfPresent(folder, "tokenizer_config.json");
        return JSON.valueToTree(
                Map.of(
                        "version",
                        "1.0",
                        "added_tokens",
                        SPECIAL.stream()
                                .map(token -> special(token, id(vocabulary, token)))
                                .toList(),
                        "normalizer",
                        normalizer(config),
                        "pre_tokenizer",
                        Map.of("type", "BertPreTokenizer"),
                        "post_processor",
                        Map.of(
                                "type",
                                "BertProcessing",
                                "cls",
                                List.of("[CLS]", id(vocabulary, "[CLS]")),
                                "sep",
                                List.of("[SEP]", id(vocabulary, "[SEP]"))),
                        "decoder",
                        Map.of("type", "WordPiece", "prefix", "##", "cleanup", true),
                        "model",
                        Map.of(
                                "type",
                                "WordPiece",
                                "unk_token",
                                "[UNK]",
                                "continuing_subword_prefix",
                                "##",
                                "max_input_chars_per_word",
                                100,
                                "vocab",
                                vocabulary)));
    }

    private static Map<String, Integer> vocabulary(Path file) {
        try {
            Map<String, Integer> vocabulary = new LinkedHashMap<>();
            for (String token : Files.readAllLines(file)) {
                vocabulary.put(token, vocabulary.size());
            }
            if (!vocabulary.keySet().containsAll(SPECIAL)) {
                throw new UnloadableModelException(
                        "%s lacks one of the tokens %s".formatted(file, SPECIAL));
            }
            return vocabulary;
        } catch (IOException e) {
            throw new UnloadableModelException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static int id(Map<String, Integer> vocabulary, String token) {
        return Objects.requireNonNull(vocabulary.get(token));
    }

    private static Map<String, Object> special(String content, int id) {
        Map<String, Object> token = new LinkedHashMap<>();
        token.put("id", id);
        token.put("content", content);
        for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
            token.put(flag, false);
        }
        token.put("special", true);
        return token;
    }

    private static Map<String, Object> normalizer(JsonNode config) {
        Map<String, Object> normalizer = new LinkedHashMap<>();
        normalizer.put("type", "BertNormalizer");
        normalizer.put("clean_text", true);
        normalizer.put(
                "handle_chinese_chars", config.path("tokenize_chinese_chars").asBoolean(true));
        JsonNode strip = config.path("strip_accents");
        normalizer.put("strip_accents", strip.isBoolean() ? strip.asBoolean() : null);
        normalizer.put("lowercase", config.path("do_lower_case").asBoolean(true));
        return normalizer;
    }
}
