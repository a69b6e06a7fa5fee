package holt.engine.tokenizer;

import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.ModelFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The tokenizer of CLIP's text encoder. Every text gives the same number of ids. Any thread may use it. */
public final class ClipTokenizer implements AutoCloseable {
    private static final String END = "<|endoftext|>";

    private final TextTokenizer tokenizer;
    private final int length;
    private final long start;
    private final long end;
    private final long pad;

    private ClipTokenizer(TextTokenizer tokenizer, int length, long start, long end, long pad) {
        this.tokenizer = tokenizer;
        this.length = length;
        this.start = start;
        this.end = end;
        this.pad = pad;
    }

    /**
     * Reads tokenizer_config.json, and tokenizer.json or else vocab.json and merges.txt.
     *
     * @param longest the most ids that the model takes
     * @param vocabulary the model's number of tokens
     * @throws UnloadableModelException if a file is missing or does not fit the model
     */
    public static ClipTokenizer load(Path folder, int longest, int vocabulary) {
        boolean whole = Files.isRegularFile(folder.resolve("tokenizer.json"));
        JsonNode json =
                whole ? ModelFiles.json(folder, "tokenizer.json") : ClipVocabulary.read(folder);
        if (largestId(json) >= vocabulary) {
            throw new UnloadableModelException(
                    "%s has the token id %d, but the text encoder has only %d tokens"
                            .formatted(folder, largestId(json), vocabulary));
        }
        TextTokenizer tokenizer =
                TextTokenizer.of(folder.resolve(whole ? "tokenizer.json" : "vocab.json"), json);
        try {
            JsonNode config = ModelFiles.jsonIfPresent(folder, "tokenizer_config.json");
            JsonNode map = ModelFiles.jsonIfPresent(folder, "special_tokens_map.json");
            double length = config.path("model_max_length").asDouble(longest);
            return new ClipTokenizer(
                    tokenizer,
                    (int) Math.min(length, longest),
                    idOf(json, folder, token(config, map, "bos_token", "<|startoftext|>")),
                    idOf(json, folder, token(config, map, "eos_token", END)),
                    idOf(json, folder, token(config, map, "pad_token", END)));
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    private static long largestId(JsonNode tokenizer) {
        long added =
                tokenizer
                        .path("added_tokens")
                        .valueStream()
                        .mapToLong(token -> token.path("id").asLong())
                        .max()
                        .orElse(0);
        return tokenizer
                .path("model")
                .path("vocab")
                .valueStream()
                .mapToLong(JsonNode::asLong)
                .reduce(added, Math::max);
    }

    /** A file has the token's text itself or an object that contains it. */
    private static String token(JsonNode config, JsonNode map, String key, String otherwise) {
        for (JsonNode file : new JsonNode[] {config, map}) {
            JsonNode token =
                    file.path(key).isObject() ? file.path(key).path("content") : file.path(key);
            if (token.isString()) {
                return token.asString();
            }
        }
        return otherwise;
    }

    private static long idOf(JsonNode tokenizer, Path folder, String token) {
        for (JsonNode added : tokenizer.path("added_tokens")) {
            if (added.path("content").asString("").equals(token)) {
                return added.path("id").asLong();
            }
        }
        JsonNode id = tokenizer.path("model").path("vocab").path(token);
        if (!id.isIntegralNumber()) {
            throw new UnloadableModelException(
                    "The tokenizer in " + folder + " has no token " + token);
        }
        return id.asLong();
    }

    /** The number of ids of each text, including start, end and padding. */
    public int length() {
        return length;
    }

    /**
     * The ids of a text.
     *
     * @param ignored the number of ids beyond the model's limit
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Encoded(long[] ids, int ignored) {}

    /** Encodes a text. Spellings of special tokens in it stay text. */
    public Encoded encode(String text) {
        long[] words = tokenizer.encode(List.of(text), List::getFirst);
        int kept = Math.min(words.length, length - 2);
        long[] ids = new long[length];
        Arrays.fill(ids, pad);
        ids[0] = start;
        System.arraycopy(words, 0, ids, 1, kept);
        ids[kept + 1] = end;
        return new Encoded(ids, words.length - kept);
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
