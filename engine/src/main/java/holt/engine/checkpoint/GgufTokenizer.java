package holt.engine.checkpoint;

import holt.engine.checkpoint.gguf.GgufFile;
import holt.engine.checkpoint.gguf.GgufValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
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

    /** The tokens that end a turn, as llama.cpp knows them. Many files do not name the token of their template. */
    private static final Set<String> ENDS_OF_TURN =
            Set.of(
                    "<|im_end|>",
                    "<|eot_id|>",
                    "<|eom_id|>",
                    "<|end_of_turn|>",
                    "<end_of_turn>",
                    "<|endoftext|>",
                    "<|end_of_text|>",
                    "<|end|>",
                    "<|return|>",
                    "</s>");

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

    /** The ids of the control tokens whose text ends a turn. */
    static List<Long> endsOfTurn(GgufFile file) {
        GgufTokenizer tokenizer = new GgufTokenizer(file);
        return LongStream.range(0, tokenizer.tokens.size())
                .filter(id -> tokenizer.types.get((int) id) == CONTROL)
                .filter(id -> ENDS_OF_TURN.contains(tokenizer.tokens.get((int) id)))
                .boxed()
                .toList();
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
        String pre = file.text(PREFIX + "pre").orElse("default");
        List<String> patterns = SplitPatterns.of(pre);
        if (patterns == null) {
            throw file.unsupported(PREFIX + "pre", pre);
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
        if (pre.equals("qwen2")) {
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
        model.put("ignore_merges", pre.equals("llama-bpe"));
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
        merges().forEach(merge -> merges.addArray().add(merge.left()).add(merge.right()));
        return root;
    }

    private List<SentencePieceMerges.Merge> merges() {
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
        return SentencePieceMerges.of(ids, scores);
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
