package holt.engine.template.syntax;

import holt.engine.template.value.PythonText;

/** A template's source with the position of the lexers. */
final class Source {
    private final String text;
    private int position;
    private int line = 1;

    /** Line ends become {@code \n}, and one at the very end is dropped, as Jinja2 does by default. */
    Source(String source) {
        String unified = source.replace("\r\n", "\n").replace('\r', '\n');
        this.text = unified.endsWith("\n") ? unified.substring(0, unified.length() - 1) : unified;
    }

    String text() {
        return text;
    }

    int position() {
        return position;
    }

    int line() {
        return line;
    }

    boolean atEnd() {
        return position >= text.length();
    }

    /** The character {@code ahead} places from the position; NUL beyond the end. */
    char peek(int ahead) {
        int index = position + ahead;
        return index < text.length() ? text.charAt(index) : '\0';
    }

    boolean startsWith(String prefix) {
        return text.startsWith(prefix, position);
    }

    /** Moves to an index. Returns the text in between. */
    String takeTo(int index) {
        String taken = text.substring(position, index);
        line += (int) taken.chars().filter(c -> c == '\n').count();
        position = index;
        return taken;
    }

    String take(int count) {
        return takeTo(position + count);
    }

    void skipWhitespace() {
        int index = position;
        while (index < text.length() && PythonText.isSpace(text.charAt(index))) {
            index++;
        }
        takeTo(index);
    }

    /** Skips white space as the sign at the end of a block or a comment says. Without a sign, skips one newline. */
    void skipAfterBlock(String sign) {
        if (sign.equals("-")) {
            skipWhitespace();
        } else if (!sign.equals("+") && peek(0) == '\n') {
            take(1);
        }
    }

    boolean afterNewline() {
        return position > 0 && text.charAt(position - 1) == '\n';
    }

    SyntaxError error(String problem) {
        return new SyntaxError(line, problem);
    }
}
