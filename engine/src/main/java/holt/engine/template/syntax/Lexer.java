package holt.engine.template.syntax;

import holt.engine.template.syntax.Token.Kind;
import holt.engine.template.value.PythonText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a source into literal text and tags. It applies {@code trim_blocks}, which removes the newline after a block or a
 * comment, and {@code lstrip_blocks}, which removes blanks before one at the start of a line. The signs {@code -} and
 * {@code +} override both.
 */
final class Lexer {
    private static final Pattern TAG = Pattern.compile("\\{[{%#]");
    private static final Pattern RAW_BEGIN = Pattern.compile("\\{%[-+]?\\s*raw\\s*(-?)%\\}");
    private static final Pattern RAW_END = Pattern.compile("\\{%[-+]?\\s*endraw\\s*([-+]?)%\\}");

    private final Source source;
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private boolean lineStarting = true;

    private Lexer(String template) {
        this.source = new Source(template);
        this.text = source.text();
    }

    static List<Token> tokens(String template) {
        Lexer lexer = new Lexer(template);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        Matcher tag = TAG.matcher(text);
        while (tag.find(source.position())) {
            int line = source.line();
            String before = source.takeTo(tag.start());
            char kind = source.peek(1);
            char sign = source.peek(2);
            data(strip(before, sign, kind != '{'), line);
            Matcher raw = RAW_BEGIN.matcher(text).region(source.position(), text.length());
            if (raw.lookingAt()) {
                source.takeTo(raw.end());
                if (raw.group(1).equals("-")) {
                    source.skipWhitespace();
                }
                raw();
            } else {
                source.take(sign == '-' || sign == '+' ? 3 : 2);
                tag(kind);
            }
            lineStarting = source.afterNewline();
        }
        data(source.takeTo(text.length()), source.line());
        tokens.add(new Token(Kind.END, "", source.line()));
    }

    private void tag(char kind) {
        switch (kind) {
            case '#' -> comment();
            case '%' -> expression(Kind.BLOCK_BEGIN, Kind.BLOCK_END);
            default -> expression(Kind.VARIABLE_BEGIN, Kind.VARIABLE_END);
        }
    }

    private void comment() {
        int end = text.indexOf("#}", source.position());
        if (end < 0) {
            throw source.error("a comment has no end");
        }
        String sign = end > source.position() ? text.substring(end - 1, end) : "";
        source.takeTo(end + 2);
        source.skipAfterBlock(sign);
    }

    private void expression(Kind begin, Kind end) {
        tokens.add(new Token(begin, begin == Kind.BLOCK_BEGIN ? "{%" : "{{", source.line()));
        new ExpressionLexer(source, tokens).run(end);
    }

    private void raw() {
        lineStarting = source.afterNewline();
        Matcher end = RAW_END.matcher(text);
        if (!end.find(source.position())) {
            throw source.error("a raw block has no end");
        }
        int line = source.line();
        String inside = source.takeTo(end.start());
        data(strip(inside, source.peek(2), true), line);
        source.takeTo(end.end());
        source.skipAfterBlock(end.group(1));
    }

    /** The literal text in front of a tag, without what the tag's sign or lstrip_blocks removes. */
    private String strip(String before, char sign, boolean lstripBlocks) {
        if (sign == '-') {
            return PythonText.rstrip(before);
        }
        int lineStart = before.lastIndexOf('\n') + 1;
        boolean alone =
                (lineStart > 0 || lineStarting)
                        && PythonText.strip(before.substring(lineStart)).isEmpty();
        return lstripBlocks && sign != '+' && alone ? before.substring(0, lineStart) : before;
    }

    private void data(String literal, int line) {
        if (!literal.isEmpty()) {
            tokens.add(new Token(Kind.DATA, literal, line));
        }
    }
}
