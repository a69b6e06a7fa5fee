package holt.engine.tokenizer;

import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.LfsPointer;
import holt.engine.checkpoint.ModelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Converts CLIP's older files, vocab.json and merges.txt, to a tokenizer.json. */
final class ClipVocabulary {
    private static final String START = "<|startoftext|>";
    private static final String END = "<|endoftext|>";

    /** CLIP's normalization and splitting: lower case, byte-level letters, a mark at the end of a word. */
    private static final String FRAME =
            """
            {
              "added_tokens": [],
              "normalizer": {"type": "Sequence", "normalizers": [
                {"type": "NFC"},
                {"type": "Replace", "pattern": {"Regex": "\\\\s+"}, "content": " "},
                {"type": "Lowercase"}
              ]},
              "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
                {"type": "Split", "behavior": "Removed", "invert": true, "pattern":
                  {"Regex": "'s|'t|'re|'ve|'m|'ll|'d|[\\\\p{L}]+|[\\\\p{N}]|[^\\\\s\\\\p{L}\\\\p{N}]+"}},
                {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true}
              ]},
              "decoder": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true},
              "model": {"type": "BPE", "unk_token": "<|endoftext|>", "continuing_subword_prefix": "",
                "end_of_word_suffix": "</w>", "fuse_unk": false, "byte_fallback": false}
            }
            """;

    private ClipVocabulary() {}

    /** @throws UnloadableModelException if a file is missing or the vocabulary lacks one of CLIP's two marks */
    static JsonNode read(Path folder) {
        ObjectNode root = (ObjectNode) new JsonMapper().readTree(FRAME);
        JsonNode vocabulary = ModelFiles.json(folder, "vocab.json");
        for (String mark : List.of(START, END)) {
            if (!vocabulary.path(mark).isIntegralNumber()) {
                throw new UnloadableModelException(
                        folder.resolve("vocab.json") + " has no token " + mark);
            }
            ((ArrayNode) root.path("added_tokens"))
                    .addObject()
                    .put("id", vocabulary.path(mark).asInt())
                    .put("content", mark)
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
        ObjectNode model = (ObjectNode) root.path("model");
        model.set("vocab", vocabulary);
        ArrayNode merges = model.putArray("merges");
        lines(folder.resolve("merges.txt")).forEach(merges::add);
        return root;
    }

    private static List<String> lines(Path file) {
        LfsPointer.refuse(file);
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#version"))
                    .toList();
        } catch (IOException e) {
            throw new UnloadableModelException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
