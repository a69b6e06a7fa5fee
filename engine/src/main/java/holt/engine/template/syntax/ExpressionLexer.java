package holt.engine.template.syntax;

import holt.engine.template.syntax.Token.Kind;
import holt.engine.template.value.PythonText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lexes one tag up to and including its end. An end sign within brackets belongs to the expression. */
final class ExpressionLexer {
    private static final Pattern FLOAT =
            Pattern.compile("[0-9][0-9_]*(\\.[0-9][0-9_]*([eE][-+]?[0-9_]+)?|[eE][-+]?[0-9_]+)");
    private static final Pattern INTEGER = Pattern.compile("[0-9][0-9_]*");
    private static final Pattern NAME =
            Pattern.compile("[\\p{L}\\p{Nl}_][\\p{L}\\p{Nl}\\p{Mn}\\p{Mc}\\p{Nd}\\p{Pc}]*");
    private static final Pattern OPERATOR =
            Pattern.compile("//|\\*\\*|==|!=|>=|<=|[-+/*%~\\[\\](){}<>=.:|,;]");

    private final Source source;
    private final List<Token> tokens;
    private final Deque<String> open = new ArrayDeque<>();

    ExpressionLexer(Source source, List<Token> tokens) {
        this.source = source;
        this.tokens = tokens;
    }

    void run(Kind end) {
        while (true) {
            if (open.isEmpty() && end(end)) {
                return;
            }
            if (source.atEnd()) {
                throw source.error("a tag has no end");
            }
            if (PythonText.isSpace(source.peek(0))) {
                source.skipWhitespace();
            } else {
                token();
            }
        }
    }

    private boolean end(Kind end) {
        boolean block = end == Kind.BLOCK_END;
        String closing = block ? "%}" : "}}";
        int line = source.line();
        String sign =
                source.startsWith("-" + closing)
                        ? "-"
                        : block && source.startsWith("+%}") ? "+" : "";
        if (!source.startsWith(sign + closing)) {
            return false;
        }
        source.take(sign.length() + 2);
        if (block || sign.equals("-")) {
            source.skipAfterBlock(sign);
        }
        tokens.add(new Token(end, closing, line));
        return true;
    }

    private void token() {
        boolean ok =
                matched(FLOAT, Kind.FLOAT)
                        || matched(INTEGER, Kind.INTEGER)
                        || matched(NAME, Kind.NAME)
                        || string()
                        || matched(OPERATOR, Kind.OPERATOR);
        if (!ok) {
            throw source.error("unexpected character '" + source.peek(0) + "'");
        }
    }

    private boolean matched(Pattern pattern, Kind kind) {
        Matcher matcher =
                pattern.matcher(source.text()).region(source.position(), source.text().length());
        if (!matcher.lookingAt()) {
            return false;
        }
        int line = source.line();
        String text = source.takeTo(matcher.end());
        if (kind == Kind.OPERATOR) {
            balance(text);
        }
        tokens.add(new Token(kind, text, line));
        return true;
    }

    private boolean string() {
        char quote = source.peek(0);
        if (quote != '\'' && quote != '"') {
            return false;
        }
        int length = 1;
        while (source.peek(length) != quote) {
            length += source.peek(length) == '\\' ? 2 : 1;
            if (source.position() + length >= source.text().length()) {
                throw source.error("a string has no end");
            }
        }
        int line = source.line();
        tokens.add(
                new Token(Kind.STRING, StringLiteral.decode(source.take(length + 1), line), line));
        return true;
    }

    private void balance(String operator) {
        switch (operator) {
            case "{" -> open.push("}");
            case "(" -> open.push(")");
            case "[" -> open.push("]");
            case "}", ")", "]" -> {
                if (open.isEmpty() || !open.pop().equals(operator)) {
                    throw source.error("unexpected '" + operator + "'");
                }
            }
            default -> {}
        }
    }
}
