package holt.engine.template.syntax;

import holt.engine.template.builtin.Builtin;
import holt.engine.template.builtin.Filters;
import holt.engine.template.builtin.Tests;
import holt.engine.template.syntax.Node.Expr;
import holt.engine.template.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses what follows an operand: attributes, subscripts, calls, filters and tests. */
final class PostfixParser {
    private final TokenStream tokens;
    private final Expressions expressions;
    private final PrimaryParser operands;

    PostfixParser(TokenStream tokens, Expressions expressions, PrimaryParser operands) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.operands = operands;
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
            case INTEGER -> new Expr.Item(owner, new Expr.Literal(PrimaryParser.integer(token)));
            default -> throw PrimaryParser.unexpected(token);
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
                    throw new SyntaxError(tokens.line(), "argument '" + name + "' is given twice");
                }
            } else if (named.isEmpty()) {
                positional.add(expressions.expression());
            } else {
                throw new SyntaxError(tokens.line(), "a positional argument follows a named one");
            }
            operands.separator(")");
        }
        return new Expr.Arguments(positional, named);
    }

    Expr filter(Expr input) {
        int line = tokens.line();
        String name = tokens.expectName();
        Builtin filter = Filters.find(name);
        if (filter == null) {
            throw new SyntaxError(line, "no filter named '" + name + "'");
        }
        return new Expr.Filtered(input, filter, optionalArguments());
    }

    private Expr test(Expr input) {
        int line = tokens.line();
        boolean negated = tokens.skipName("not");
        String name = tokens.expectName();
        Builtin test = Tests.find(name);
        if (test == null) {
            throw new SyntaxError(line, "no test named '" + name + "'");
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
            throw new SyntaxError(tokens.line(), "tests cannot be chained with 'is'");
        }
        return new Expr.Arguments(List.of(postfix(operands.primary())), Map.of());
    }
}
