package holt.engine.template.syntax;

/** Decodes a quoted literal by Python's rules. An unknown escape stays as written. */
final class StringLiteral {
    private final String text;
    private final StringBuilder out = new StringBuilder();
    private final int line;
    private int position = 1;

    private StringLiteral(String quoted, int line) {
        this.line = line;
        this.text = quoted.substring(0, quoted.length() - 1);
    }

    static String decode(String quoted, int line) {
        if (quoted.indexOf('\\') < 0) {
            return quoted.substring(1, quoted.length() - 1);
        }
        StringLiteral literal = new StringLiteral(quoted, line);
        literal.run();
        return literal.out.toString();
    }

    private void run() {
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == '\\') {
                escape(text.charAt(position++));
            } else {
                out.append(c);
            }
        }
    }

    private void escape(char kind) {
        switch (kind) {
            case '\n' -> {}
            case '\\', '\'', '"' -> out.append(kind);
            case 'a' -> out.append('\u0007');
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 't' -> out.append('\t');
            case 'v' -> out.append('\u000b');
            case 'x' -> number(2, 2, 16);
            case 'u' -> number(4, 4, 16);
            case 'U' -> number(8, 8, 16);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                position--;
                number(1, 3, 8);
            }
            default -> out.append('\\').append(kind);
        }
    }

    private void number(int least, int most, int radix) {
        int start = position;
        while (position < text.length()
                && position - start < most
                && Character.digit(text.charAt(position), radix) >= 0) {
            position++;
        }
        long point =
                position - start < least
                        ? -1
                        : Long.parseLong(text.substring(start, position), radix);
        if (point < 0 || point > Character.MAX_CODE_POINT) {
            throw new SyntaxError(line, "a string has a broken escape");
        }
        out.appendCodePoint((int) point);
    }
}
