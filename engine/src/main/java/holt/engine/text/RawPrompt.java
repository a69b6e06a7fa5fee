package holt.engine.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A prompt that no chat template writes. Either the text or the tokens are null.
 *
 * @param text without the tokenizer's own special tokens, which are added as its files say
 * @param tokens as the model reads them
 * @param echo whether each completion begins with the prompt, and with its scores if the request wants scores
 */
public record RawPrompt(@Nullable String text, @Nullable List<Integer> tokens, boolean echo) {
    public RawPrompt {
        tokens = tokens == null ? null : List.copyOf(tokens);
        if ((text == null) == (tokens == null)) {
            throw new IllegalArgumentException("a raw prompt is a text or tokens");
        }
    }
}
