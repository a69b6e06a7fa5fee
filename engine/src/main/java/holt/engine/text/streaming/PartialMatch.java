package holt.engine.text.streaming;

/** Text that may become a string that matters. */
public final class PartialMatch {
    private PartialMatch() {}

    /** The length of the longest proper prefix of {@code wanted} that {@code text} ends with. */
    public static int atEnd(CharSequence text, String wanted) {
        int length = Math.min(wanted.length() - 1, text.length());
        while (length > 0 && !endsWith(text, wanted, length)) {
            length--;
        }
        return Math.max(0, length);
    }

    private static boolean endsWith(CharSequence text, String wanted, int length) {
        int start = text.length() - length;
        for (int i = 0; i < length; i++) {
            if (text.charAt(start + i) != wanted.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
