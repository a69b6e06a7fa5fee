package holt.engine.text;

import java.util.Arrays;
import java.util.function.Function;

/**
 * Turns tokens into text as they come. A token may be part of a character, and how it reads may depend on the one before:
 * so a window of tokens is decoded with and without the new ones, and the difference is the text, unless it ends in U+FFFD,
 * the sign of a character that is still incomplete.
 */
final class StreamingText {
    private static final char INCOMPLETE = '\uFFFD';
    private static final int PATIENCE =
            16; // a character has at most 4 bytes: what is broken for so long stays broken

    private final Function<long[], String> decode;
    private long[] window = new long[32];
    private int read; // the tokens before it have been turned into text
    private int end;

    /** @param decode the text of some token ids */
    StreamingText(Function<long[], String> decode) {
        this.decode = decode;
    }

    /** Adds a token; returns the text that became complete by it, often none or more than the token's own. */
    String append(long token) {
        if (end == window.length) {
            window = Arrays.copyOf(window, 2 * end);
        }
        window[end++] = token;
        String text = unread();
        if (text.isEmpty()
                || (text.charAt(text.length() - 1) == INCOMPLETE && end - read < PATIENCE)) {
            return "";
        }
        System.arraycopy(window, read, window, 0, end - read);
        end -= read;
        read = end;
        return text;
    }

    /** The text still held back, without a character that will not be completed any more. */
    String finish() {
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
