package holt.engine.text.streaming;

import java.util.Arrays;
import java.util.function.Function;

/**
 * Turns tokens into text one by one. A token may be a part of a character, and its text may depend on the token before. So
 * it decodes a window of tokens with and without the new ones; the difference is the new text. Text that ends in U+FFFD has
 * an incomplete character and waits for more tokens.
 */
public final class IncrementalDetokenizer {
    private static final char INCOMPLETE = '\uFFFD';

    /** Longer than any incomplete character: invalid bytes never become one. */
    private static final int MAX_PENDING_TOKENS = 16;

    private final Function<long[], String> decode;
    private long[] window = new long[32];
    private int read; // the tokens before it are already text
    private int end;

    /** @param decode the text of token ids */
    public IncrementalDetokenizer(Function<long[], String> decode) {
        this.decode = decode;
    }

    /** Adds a token. Returns the text that it completes, which may be empty or longer than the token's own text. */
    public String append(long token) {
        if (end == window.length) {
            window = Arrays.copyOf(window, 2 * end);
        }
        window[end++] = token;
        String text = unread();
        if (text.isEmpty()
                || (text.charAt(text.length() - 1) == INCOMPLETE
                        && end - read < MAX_PENDING_TOKENS)) {
            return "";
        }
        System.arraycopy(window, read, window, 0, end - read);
        end -= read;
        read = end;
        return text;
    }

    /** The text held back, without an incomplete character at its end. */
    public String finish() {
        String text = unread();
        int length = text.length();
        while (length > 0 && text.charAt(length - 1) == INCOMPLETE) {
            length--;
        }
        return text.substring(0, length);
    }

    private String unread() {
        String known = decode.apply(Arrays.copyOf(window, read));
        String all = decode.apply(Arrays.copyOf(window, end));
        return all.length() > known.length() ? all.substring(known.length()) : "";
    }
}
