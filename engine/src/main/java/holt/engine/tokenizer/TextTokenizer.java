package holt.engine.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.ModelFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import tools.jackson.databind.JsonNode;

/** The tokenizer of a model folder. Any thread may use it. */
public final class TextTokenizer implements AutoCloseable {
    private static final Map<String, String> OPTIONS =
            Map.of(
                    "addSpecialTokens",
                    "false",
                    "truncation",
                    "do_not_truncate",
                    "padding",
                    "do_not_pad");

    private final HuggingFaceTokenizer plain;
    private final HuggingFaceTokenizer aliased;
    private final SpecialStrings specials;
    private final Vocabulary vocabulary;
    private final ReentrantReadWriteLock closing =
            new ReentrantReadWriteLock(); // native memory must not go while in use
    private boolean closed; // guarded by closing

    private TextTokenizer(
            HuggingFaceTokenizer plain,
            HuggingFaceTokenizer aliased,
            SpecialStrings specials,
            Vocabulary vocabulary) {
        this.plain = plain;
        this.aliased = aliased;
        this.specials = specials;
        this.vocabulary = vocabulary;
    }

    /**
     * Reads tokenizer.json, or the vocab.txt of an older BERT.
     *
     * @throws UnloadableModelException if it is missing or unusable
     */
    public static TextTokenizer load(Path folder) {
        if (WordPieceVocabulary.isAlone(folder)) {
            return of(folder.resolve(WordPieceVocabulary.FILE), WordPieceVocabulary.json(folder));
        }
        return of(folder.resolve("tokenizer.json"), ModelFiles.json(folder, "tokenizer.json"));
    }

    /** @param file the source of the JSON, for messages */
    static TextTokenizer of(Path file, JsonNode json) {
        Set<String> special = new LinkedHashSet<>();
        for (JsonNode token : json.path("added_tokens")) {
            if (token.path("special").asBoolean(false)) {
                special.add(token.path("content").asString());
            }
        }
        SpecialStrings strings = new SpecialStrings(List.copyOf(special), new SecureRandom());
        try {
            return new TextTokenizer(
                    create(json),
                    create(AliasedTokenizer.rewrite(json, strings, special)),
                    strings,
                    new Vocabulary(json));
        } catch (IOException | RuntimeException e) {
            throw new UnloadableModelException(
                    "Cannot use %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static HuggingFaceTokenizer create(JsonNode json) throws IOException {
        byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
        return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(bytes), OPTIONS);
    }

    /**
     * Encodes a prompt that a template writes around texts of users. Only the template gives special tokens. Spellings of
     * them in users' texts stay text.
     *
     * @param texts written by users
     * @param template writes the prompt; it contains the texts, possibly trimmed
     */
    public long[] encode(List<String> texts, Template template) {
        List<String> clean = texts.stream().map(TextTokenizer::withoutLoneSurrogates).toList();
        if (clean.stream().noneMatch(specials::occurIn)) {
            return encode(plain, template.render(clean), false);
        }
        String prompt = template.render(clean.stream().map(specials::mark).toList());
        return encode(aliased, specials.forAliases(prompt), false);
    }

    /**
     * Encodes a text in which spellings of special tokens are special tokens.
     *
     * @param framed whether the tokenizer adds its own special tokens, such as a beginning and an end
     */
    public long[] encode(String text, boolean framed) {
        return encode(plain, withoutLoneSurrogates(text), framed);
    }

    private long[] encode(HuggingFaceTokenizer tokenizer, String text, boolean framed) {
        closing.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the tokenizer is closed");
            }
            return tokenizer.encode(text, framed, false).getIds();
        } finally {
            closing.readLock().unlock();
        }
    }

    /** Writes a prompt around texts. */
    @FunctionalInterface
    public interface Template {
        String render(List<String> texts);
    }

    /** The text of some tokens, without special tokens. Invalid UTF-8 becomes U+FFFD. Not after {@link #close}. */
    public String decode(long[] ids) {
        return plain.decode(ids, true);
    }

    /** The most bytes of text that one token stands for. */
    public int longestTokenBytes() {
        return vocabulary.longestBytes();
    }

    /** The text of one token alone. */
    public TokenText text(long id) {
        return vocabulary.text(id);
    }

    /** The ids of tokens spelled as in tokenizer.json. Skips unknown ones. */
    public List<Long> idsOf(List<String> tokens) {
        List<Long> ids = new ArrayList<>();
        for (String token : tokens) {
            long[] encoded = encode(plain, token, false);
            if (encoded.length == 1) {
                ids.add(encoded[0]);
            }
        }
        return ids;
    }

    private static String withoutLoneSurrogates(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        closing.writeLock().lock();
        try {
            closed = true;
            plain.close();
            aliased.close();
        } finally {
            closing.writeLock().unlock();
        }
    }
}
