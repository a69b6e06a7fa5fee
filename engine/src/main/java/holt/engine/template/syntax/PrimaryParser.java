package holt.engine.template.syntax;

import holt.engine.template.syntax.Node.Expr;
import holt.engine.template.syntax.Token.Kind;
import holt.engine.template.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Parses literals, names, lists, mappings and expressions in parentheses. */
final class PrimaryParser {
    private final TokenStream tokens;
    private final Expressions expressions;

    PrimaryParser(TokenStream tokens, Expressions expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    Expr primary() {
        Token token = tokens.next();
        return switch (token.kind()) {
            case NAME -> name(token.text());
            case STRING -> new Expr.Literal(new Value.Str(adjacentStrings(token.text())));
            case INTEGER -> new Expr.Literal(integer(token));
            case FLOAT ->
                    new Expr.Literal(
                            new Value.Real(Double.parseDouble(token.text().replace("_", ""))));
            case OPERATOR -> bracketed(token);
            case DATA, BLOCK_BEGIN, BLOCK_END, VARIABLE_BEGIN, VARIABLE_END, END ->
                    throw unexpected(token);
        };
    }

    private static Expr name(String name) {
        return switch (name) {
            case "true", "True" -> new Expr.Literal(Value.TRUE);
            case "false", "False" -> new Expr.Literal(Value.FALSE);
            case "none", "None" -> new Expr.Literal(Value.NONE);
            default -> new Expr.Name(name);
        };
    }

    private String adjacentStrings(String first) {
        StringBuilder text = new StringBuilder(first);
        while (tokens.current().kind() == Kind.STRING) {
            text.append(tokens.next().text());
        }
        return text.toString();
    }

    static Value integer(Token token) {
        String digits = token.text().replace("_", "");
        boolean leadingZero = digits.startsWith("0") && !digits.matches("0+");
        try {
            if (!leadingZero) {
                return new Value.Int(Long.parseLong(digits));
            }
        } catch (NumberFormatException e) {
            throw new SyntaxError(token.line(), "the number " + digits + " is too large");
        }
        throw new SyntaxError(token.line(), "the number " + digits + " starts with 0");
    }

    private Expr bracketed(Token bracket) {
        return switch (bracket.text()) {
            case "(" -> parenthesised();
            case "[" -> new Expr.ListOf(listItems());
            case "{" -> new Expr.Dict(entries());
            default -> throw unexpected(bracket);
        };
    }

    private Expr parenthesised() {
        Expr inside =
                tokens.current().isOperator(")")
                        ? new Expr.TupleOf(List.of())
                        : expressions.tuple();
        tokens.expectOperator(")");
        return inside;
    }

    private List<Expr> listItems() {
        List<Expr> items = new ArrayList<>();
        while (!tokens.skipOperator("]")) {
            items.add(expressions.expression());
            separator("]");
        }
        return items;
    }

    private List<Expr.Entry> entries() {
        List<Expr.Entry> entries = new ArrayList<>();
        while (!tokens.skipOperator("}")) {
            Expr key = expressions.expression();
            tokens.expectOperator(":");
            entries.add(new Expr.Entry(key, expressions.expression()));
            separator("}");
        }
        return entries;
    }

    /** A comma, also before the end; or no comma at the end. */
    void separator(String end) {
        if (!tokens.current().isOperator(end)) {
            tokens.expectOperator(",");
        }
    }

    static SyntaxError unexpected(Token token) {
        return new SyntaxError(token.line(), "unexpected " + token.describe());
    }
}
