package holt.engine.text.tools;

import java.util.BitSet;
import java.util.regex.Pattern;

/** Checks an object or array character by character: whether it goes on, is whole, or is no JSON. */
final class JsonScanner {
    private static final int MAX_DEPTH = 100;
    private static final Pattern SCALAR =
            Pattern.compile("true|false|null|-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");

    /** What the characters so far are. */
    enum Status {
        OPEN,
        DONE,
        BROKEN
    }

    private enum Expected {
        VALUE,
        VALUE_OR_END,
        KEY,
        KEY_OR_END,
        COLON,
        COMMA_OR_END
    }

    private final BitSet objects = new BitSet(); // by depth: whether the container is an object
    private final StringBuilder scalar = new StringBuilder(); // a number or a word in progress
    private int depth;
    private Expected expected = Expected.VALUE;
    private boolean inString;
    private boolean escaped;
    private int hexDigits; // of an escape sequence, to come
    private Status status = Status.OPEN;

    Status status() {
        return status;
    }

    /** Reads the next character. Call it only while the status is open. */
    void next(char c) {
        if (inString) {
            string(c);
        } else if (isScalar(c)) {
            scalar(c);
        } else if (endScalar()) {
            structure(c);
        }
    }

    private void string(char c) {
        if (hexDigits > 0) {
            hexDigits--;
            check(Character.digit(c, 16) >= 0);
        } else if (escaped) {
            escaped = false;
            hexDigits = c == 'u' ? 4 : 0;
            check("\"\\/bfnrtu".indexOf(c) >= 0);
        } else if (c == '"') {
            inString = false;
        } else {
            escaped = c == '\\';
            check(c >= ' ');
        }
    }

    private static boolean isScalar(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '+'
                || c == '.'
                || c == 'E';
    }

    private void scalar(char c) {
        if (scalar.isEmpty()) {
            value();
        }
        scalar.append(c);
    }

    private boolean endScalar() {
        if (!scalar.isEmpty()) {
            check(SCALAR.matcher(scalar).matches());
            scalar.setLength(0);
        }
        return status == Status.OPEN;
    }

    private void structure(char c) {
        switch (c) {
            case ' ', '\t', '\n', '\r' -> {}
            case '{', '[' -> open(c == '{');
            case '}', ']' -> close(c == '}');
            case '"' -> {
                inString = true;
                if (expected == Expected.KEY || expected == Expected.KEY_OR_END) {
                    expected = Expected.COLON;
                } else {
                    value();
                }
            }
            case ':' -> {
                check(expected == Expected.COLON);
                expected = Expected.VALUE;
            }
            case ',' -> {
                check(expected == Expected.COMMA_OR_END);
                expected = objects.get(depth) ? Expected.KEY : Expected.VALUE;
            }
            default -> status = Status.BROKEN;
        }
    }

    private void value() {
        check(depth > 0 && (expected == Expected.VALUE || expected == Expected.VALUE_OR_END));
        expected = Expected.COMMA_OR_END;
    }

    private void open(boolean object) {
        if (depth > 0) {
            value();
        }
        depth++;
        check(depth <= MAX_DEPTH);
        objects.set(depth, object);
        expected = object ? Expected.KEY_OR_END : Expected.VALUE_OR_END;
    }

    private void close(boolean object) {
        Expected empty = object ? Expected.KEY_OR_END : Expected.VALUE_OR_END;
        check(
                depth > 0
                        && objects.get(depth) == object
                        && (expected == Expected.COMMA_OR_END || expected == empty));
        depth--;
        expected = Expected.COMMA_OR_END;
        if (depth == 0 && status == Status.OPEN) {
            status = Status.DONE;
        }
    }

    private void check(boolean valid) {
        if (!valid) {
            status = Status.BROKEN;
        }
    }
}
