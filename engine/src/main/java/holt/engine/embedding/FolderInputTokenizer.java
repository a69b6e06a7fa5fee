package holt.engine.embedding;

import holt.engine.UnloadableModelException;
import holt.engine.tokenizer.TextTokenizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The tokenizer of an embedding model's folder. It reads texts as sentence-transformers does. */
final class FolderInputTokenizer implements InputTokenizer {
    private final EmbeddingFolder folder;
    private final TextTokenizer tokenizer;
    private final long[] before; // special tokens in front of each text
    private final long[] after;

    private FolderInputTokenizer(EmbeddingFolder folder, TextTokenizer tokenizer) {
        this.folder = folder;
        this.tokenizer = tokenizer;
        long[] text = tokenizer.encode("a", false);
        long[] framed = tokenizer.encode("a", true);
        int start = start(framed, text);
        before = Arrays.copyOf(framed, start);
        after = Arrays.copyOfRange(framed, start + text.length, framed.length);
    }

    /** @throws UnloadableModelException if the folder has no usable tokenizer */
    static FolderInputTokenizer load(EmbeddingFolder folder) {
        TextTokenizer tokenizer = TextTokenizer.load(folder.network());
        try {
            return new FolderInputTokenizer(folder, tokenizer);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    private int start(long[] framed, long[] text) {
        for (int i = 0; i + text.length <= framed.length; i++) {
            if (Arrays.equals(framed, i, i + text.length, text, 0, text.length)) {
                return i;
            }
        }
        throw new UnloadableModelException(
                folder.network() + ": the tokenizer does not keep a text in one piece");
    }

    @Override
    public Set<String> promptNames() {
        return folder.prompts().keySet();
    }

    @Override
    public int added() {
        return before.length + after.length;
    }

    @Override
    public long[] encode(EmbeddingInput input, @Nullable String prompt, int most) {
        return switch (input) {
            case EmbeddingInput.Tokens(var ids) ->
                    ids.stream().limit(most).mapToLong(Integer::longValue).toArray();
            case EmbeddingInput.Text(String text) -> encode(withPrompt(text, prompt), most);
        };
    }

    private long[] encode(String text, int most) {
        long[] own = tokenizer.encode(text, false);
        long[] kept = Arrays.copyOf(own, Math.min(own.length, most - added()));
        return LongStream.concat(
                        LongStream.concat(Arrays.stream(before), Arrays.stream(kept)),
                        Arrays.stream(after))
                .toArray();
    }

    private String withPrompt(String text, @Nullable String name) {
        String prompt = folder.prompts().get(name == null ? folder.defaultPrompt() : name);
        String whole = stripped((prompt == null ? "" : prompt) + text);
        return folder.lowerCase() ? whole.toLowerCase(Locale.ROOT) : whole;
    }

    /** Without the white space at both ends that Python's {@code strip} removes. */
    private static String stripped(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
