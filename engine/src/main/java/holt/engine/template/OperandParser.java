package holt.engine.template;

import holt.engine.template.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Literals and names, and what follows an operand: attributes, subscripts, calls, filters and tests. */
final class OperandParser {
    private final TokenStream tokens;
    private final ExpressionParser expressions;

    OperandParser(TokenStream tokens, ExpressionParser expressions) {
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

    private static Value integer(Token token) {
        String digits = token.text().replace("_", "");
        boolean leadingZero = digits.startsWith("0") && !digits.matches("0+");
        try {
            if (!leadingZero) {
                return new Value.Int(Long.parseLong(digits));
            }
        } catch (NumberFormatException e) {
            throw TemplateException.at(token.line(), "the number " + digits + " is too large");
        }
        throw TemplateException.at(token.line(), "the number " + digits + " starts with 0");
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
    private void separator(String end) {
        if (!tokens.current().isOperator(end)) {
            tokens.expectOperator(",");
        }
    }

    Expr postfix(Expr operand) {
        Expr value = operand;
        while (true) {
            if (tokens.skipOperator(".")) {
                value = attribute(value);
            } else if (tokens.skipOperator("[")) {
                value = subscript(value);
            } else if (tokens.current().isOperator("(")) {
                value = new Expr.Invoke(value, arguments());
            } else {
                return value;
            }
        }
    }

    Expr filters(Expr operand) {
        Expr value = operand;
        while (true) {
            if (tokens.skipOperator("|")) {
                value = filter(value);
            } else if (tokens.skipName("is")) {
                value = test(value);
            } else if (tokens.current().isOperator("(")) {
                value = new Expr.Invoke(value, arguments());
            } else {
                return value;
            }
        }
    }

    private Expr attribute(Expr owner) {
        Token token = tokens.next();
        return switch (token.kind()) {
            case NAME -> new Expr.Attribute(owner, token.text());
            case INTEGER -> new Expr.Item(owner, new Expr.Literal(integer(token)));
            default -> throw unexpected(token);
        };
    }

    private Expr subscript(Expr owner) {
        Expr start = sliceBound();
        if (start != null && tokens.skipOperator("]")) {
            return new Expr.Item(owner, start);
        }
        tokens.expectOperator(":");
        Expr stop = sliceBound();
        Expr step = tokens.skipOperator(":") ? sliceBound() : null;
        tokens.expectOperator("]");
        return new Expr.Slice(owner, start, stop, step);
    }

    private @Nullable Expr sliceBound() {
        boolean absent = tokens.current().isOperator(":") || tokens.current().isOperator("]");
        return absent ? null : expressions.expression();
    }

    private Expr.Arguments arguments() {
        tokens.expectOperator("(");
        List<Expr> positional = new ArrayList<>();
        Map<String, Expr> named = new LinkedHashMap<>();
        while (!tokens.skipOperator(")")) {
            if (tokens.current().kind() == Kind.NAME && tokens.following().isOperator("=")) {
                String name = tokens.next().text();
                tokens.next();
                if (named.put(name, expressions.expression()) != null) {
                    throw TemplateException.at(
                            tokens.line(), "argument '" + name + "' is given twice");
                }
            } else if (named.isEmpty()) {
                positional.add(expressions.expression());
            } else {
                throw TemplateException.at(
                        tokens.line(), "a positional argument follows a named one");
            }
            separator(")");
        }
        return new Expr.Arguments(positional, named);
    }

    Expr filter(Expr input) {
        int line = tokens.line();
        String name = tokens.expectName();
        Builtin filter = Filters.find(name);
        if (filter == null) {
            throw TemplateException.at(line, "no filter named '" + name + "'");
        }
        return new Expr.Filtered(input, filter, optionalArguments());
    }

    private Expr test(Expr input) {
        int line = tokens.line();
        boolean negated = tokens.skipName("not");
        String name = tokens.expectName();
        Builtin test = Tests.find(name);
        if (test == null) {
            throw TemplateException.at(line, "no test named '" + name + "'");
        }
        Expr.Arguments arguments = atBareTestArgument() ? bareTestArgument() : optionalArguments();
        Expr tested = new Expr.Tested(input, test, arguments);
        return negated ? new Expr.Not(tested) : tested;
    }

    private Expr.Arguments optionalArguments() {
        return tokens.current().isOperator("(") ? arguments() : Expr.Arguments.NONE;
    }

    /** True before the argument of {@code x is divisibleby 3}. */
    private boolean atBareTestArgument() {
        Token token = tokens.current();
        return switch (token.kind()) {
            case STRING, INTEGER, FLOAT -> true;
            case NAME -> !List.of("else", "or", "and").contains(token.text());
            case OPERATOR -> token.isOperator("[") || token.isOperator("{");
            case DATA, BLOCK_BEGIN, BLOCK_END, VARIABLE_BEGIN, VARIABLE_END, END -> false;
        };
    }

    private Expr.Arguments bareTestArgument() {
        if (tokens.current().isName("is")) {
            throw TemplateException.at(tokens.line(), "tests cannot be chained with 'is'");
        }
        return new Expr.Arguments(List.of(postfix(primary())), Map.of());
    }

    private static TemplateException unexpected(Token token) {
        return TemplateException.at(token.line(), "unexpected " + token.describe());
    }
}
