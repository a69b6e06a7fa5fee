package holt.engine.checkpoint;

import holt.engine.checkpoint.gguf.GgufFile;
import holt.engine.checkpoint.gguf.GgufValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Converts the vocabulary of a GGUF file to a tokenizer.json and a tokenizer_config.json. */
final class GgufTokenizer {
    private static final String PREFIX = "tokenizer.ggml.";
    private static final long NORMAL = 1;
    private static final long UNKNOWN = 2;
    private static final long CONTROL = 3;
    private static final long USER_DEFINED = 4;
    private static final long UNUSED = 5;

    /** The split patterns before merging: llama.cpp's behaviour under each name, as patterns of tokenizer.json. */
    private static final String LLAMA3 =
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
                    + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    private static final String QWEN2 = LLAMA3.replace("\\p{N}{1,3}", "\\p{N}");
    private static final String GPT2 =
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)";
    private static final Map<String, List<String>> CUTS =
            Map.of(
                    "llama-bpe", List.of(LLAMA3),
                    "qwen2", List.of(QWEN2),
                    "smollm", List.of("\\p{N}", GPT2),
                    "gpt-2", List.of(GPT2),
                    "default",
                            List.of(
                                    "[\\p{P}\\$\\+<=>\\^~\\|]+",
                                    GPT2,
                                    "\\p{N}+",
                                    "[0-9][0-9][0-9]"));

    private static final JsonMapper JSON = new JsonMapper();

    private final GgufFile file;
    private final List<String> tokens;
    private final List<Long> types;

    private GgufTokenizer(GgufFile file) {
        this.file = file;
        this.tokens = list("tokens").texts();
        this.types =
                file.sequence(PREFIX + "token_type")
                        .map(GgufValue.Sequence::wholes)
                        .orElseGet(() -> tokens.stream().map(_ -> NORMAL).toList());
        if (types.size() != tokens.size()) {
            throw file.unsupported(PREFIX + "token_type", "with another length than the tokens");
        }
    }

    /** @throws holt.engine.UnloadableModelException if the tokenizer is of a kind that is not supported */
    static ObjectNode tokenizer(GgufFile file) {
        return new GgufTokenizer(file).tokenizer();
    }

    /** The chat template and the special tokens that it may use. */
    static ObjectNode config(GgufFile file) {
        List<String> tokens = new GgufTokenizer(file).tokens;
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        file.text("tokenizer.chat_template")
                .ifPresent(template -> config.put("chat_template", template));
        Map.of(
                        "bos",
                        "bos_token",
                        "eos",
                        "eos_token",
                        "unknown",
                        "unk_token",
                        "padding",
                        "pad_token")
                .forEach((name, key) ->
                        file.whole(PREFIX + name + "_token_id")
                                .ifPresent(id -> {
                                    if (id >= 0 && id < tokens.size()) {
                                        config.put(key, tokens.get((int) id));
                                    }
                                }));
        return config;
    }

    private ObjectNode tokenizer() {
        String kind = file.text(PREFIX + "model").orElseThrow(() -> file.missing(PREFIX + "model"));
        ObjectNode root =
                switch (kind) {
                    case "gpt2" -> byteLevel();
                    case "llama" -> sentencePiece();
                    default -> throw file.unsupported(PREFIX + "model", kind);
                };
        root.set("added_tokens", addedTokens());
        ((ObjectNode) root.path("model")).set("vocab", vocabulary());
        return root;
    }

    private ObjectNode byteLevel() {
        String cut = file.text(PREFIX + "pre").orElse("default");
        List<String> patterns = CUTS.get(cut);
        if (patterns == null) {
            throw file.unsupported(PREFIX + "pre", cut);
        }
        ObjectNode root =
                (ObjectNode)
                        JSON.readTree(
                                """
                                {
                                  "normalizer": null,
                                  "pre_tokenizer": {"type": "Sequence", "pretokenizers": []},
                                  "decoder": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true,
                                    "use_regex": true},
                                  "model": {"type": "BPE", "fuse_unk": false, "byte_fallback": false}
                                }
                                """);
        if (cut.equals("qwen2")) {
            root.putObject("normalizer").put("type", "NFC");
        }
        ArrayNode cuts = (ArrayNode) root.path("pre_tokenizer").path("pretokenizers");
        for (String pattern : patterns) {
            cuts.addObject()
                    .put("type", "Split")
                    .put("behavior", "Isolated")
                    .put("invert", false)
                    .putObject("pattern")
                    .put("Regex", pattern);
        }
        cuts.addObject()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", false);
        ObjectNode model = (ObjectNode) root.path("model");
        model.put("ignore_merges", cut.equals("llama-bpe"));
        ArrayNode merges = model.putArray("merges");
        list("merges").texts().forEach(merges::add);
        return root;
    }

    private ObjectNode sentencePiece() {
        ObjectNode root =
                (ObjectNode)
                        JSON.readTree(
                                """
                                {
                                  "normalizer": {"type": "Sequence", "normalizers": [
                                    {"type": "Prepend", "prepend": "\u2581"},
                                    {"type": "Replace", "pattern": {"String": " "}, "content": "\u2581"}]},
                                  "pre_tokenizer": null,
                                  "decoder": {"type": "Sequence", "decoders": [
                                    {"type": "Replace", "pattern": {"String": "\u2581"}, "content": " "},
                                    {"type": "ByteFallback"}, {"type": "Fuse"},
                                    {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
                                  "model": {"type": "BPE", "fuse_unk": true, "byte_fallback": true}
                                }
                                """);
        if (!file.truth(PREFIX + "add_space_prefix").orElse(true)) {
            ((ArrayNode) root.path("normalizer").path("normalizers")).remove(0);
            ((ArrayNode) root.path("decoder").path("decoders")).remove(3);
        }
        ObjectNode model = (ObjectNode) root.path("model");
        int unknown = types.indexOf(UNKNOWN);
        if (unknown >= 0) {
            model.put("unk_token", tokens.get(unknown));
        }
        ArrayNode merges = model.putArray("merges");
        merges().forEach(merge -> merges.addArray().add(merge.left).add(merge.right));
        return root;
    }

    private record Merge(String left, String right, double score) {}

    /** SentencePiece has no merges. Any two pieces that form a third may be joined, in the order of the third's score. */
    private List<Merge> merges() {
        List<Double> scores = list("scores").reals();
        if (scores.size() != tokens.size()) {
            throw file.unsupported(PREFIX + "scores", "with another length than the tokens");
        }
        Map<String, Integer> ids = new HashMap<>();
        for (int id = 0; id < tokens.size(); id++) {
            if (types.get(id) == NORMAL) {
                ids.put(tokens.get(id), id);
            }
        }
        List<Merge> merges = new ArrayList<>();
        ids.forEach((piece, id) -> {
            int middle = 0;
            while ((middle = piece.offsetByCodePoints(middle, 1)) < piece.length()) {
                String left = piece.substring(0, middle);
                String right = piece.substring(middle);
                if (ids.containsKey(left) && ids.containsKey(right)) {
                    merges.add(new Merge(left, right, scores.get(id)));
                }
            }
        });
        merges.sort(
                Comparator.comparingDouble((Merge merge) -> -merge.score)
                        .thenComparingInt(merge -> ids.getOrDefault(merge.left, 0))
                        .thenComparingInt(merge -> ids.getOrDefault(merge.right, 0)));
        return merges;
    }

    private ArrayNode addedTokens() {
        ArrayNode added = JsonNodeFactory.instance.arrayNode();
        for (int id = 0; id < tokens.size(); id++) {
            long type = types.get(id);
            if (type == CONTROL || type == USER_DEFINED || type == UNKNOWN) {
                added.addObject()
                        .put("id", id)
                        .put("content", tokens.get(id))
                        .put("single_word", false)
                        .put("lstrip", false)
                        .put("rstrip", false)
                        .put("normalized", false)
                        .put("special", type != USER_DEFINED);
            }
        }
        return added;
    }

    private JsonNode vocabulary() {
        ObjectNode vocabulary = JsonNodeFactory.instance.objectNode();
        for (int id = 0; id < tokens.size(); id++) {
            if (types.get(id) != UNUSED) {
                vocabulary.put(tokens.get(id), id);
            }
        }
        return vocabulary;
    }

    private GgufValue.Sequence list(String name) {
        return file.sequence(PREFIX + name).orElseThrow(() -> file.missing(PREFIX + name));
    }
}
