package holt.engine.embedding;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From inputs to tokens, as the model reads them. Any thread may use it. */
interface InputTokenizer extends AutoCloseable {
    /** The names of the prompts that a request may name. */
    Set<String> promptNames();

    /** The special tokens that the model adds to each text. */
    int added();

    /**
     * The tokens of an input.
     *
     * @param prompt one of {@link #promptNames}; null = the default
     * @param most what goes beyond is cut, except for special tokens that the model adds; more than {@link #added}
     */
    long[] encode(EmbeddingInput input, @Nullable String prompt, int most);

    @Override
    void close();
}
