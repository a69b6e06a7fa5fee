package holt.engine.template.syntax;

import holt.engine.template.syntax.Token.Kind;
import java.util.List;

/** The tokens of a template, with the parser's position and depth of nesting. */
final class TokenStream {
    private static final int MAX_DEPTH = 100;

    private final List<Token> tokens;
    private int position;
    private int depth;

    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token current() {
        return tokens.get(position);
    }

    Token following() {
        return tokens.get(Math.min(position + 1, tokens.size() - 1));
    }

    int line() {
        return current().line();
    }

    Token next() {
        Token token = current();
        if (token.kind() != Kind.END) {
            position++;
        }
        return token;
    }

    boolean skipName(String name) {
        boolean found = current().isName(name);
        if (found) {
            next();
        }
        return found;
    }

    boolean skipOperator(String operator) {
        boolean found = current().isOperator(operator);
        if (found) {
            next();
        }
        return found;
    }

    void expectOperator(String operator) {
        if (!skipOperator(operator)) {
            throw unexpected("'" + operator + "'");
        }
    }

    Token expect(Kind kind, String what) {
        if (current().kind() != kind) {
            throw unexpected(what);
        }
        return next();
    }

    String expectName() {
        return expect(Kind.NAME, "a name").text();
    }

    SyntaxError unexpected(String wanted) {
        return new SyntaxError(line(), "expected " + wanted + ", found " + current().describe());
    }

    /** Opens a level of nesting. {@link #exit} closes it. */
    void enter() {
        if (++depth > MAX_DEPTH) {
            throw new SyntaxError(line(), "nested too deeply");
        }
    }

    void exit() {
        depth--;
    }
}
