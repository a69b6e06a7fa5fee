package holt.engine.template.syntax;

import holt.engine.template.syntax.Node.Expr;
import holt.engine.template.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses operators, from the lowest precedence to the highest: conditional, or, and, not, comparison, {@code + -}, {@code ~},
 * {@code * / // %}, {@code **}, sign, then operands. The order is Jinja2's, which differs from Python's.
 */
final class ExpressionParser implements Expressions {
    private static final List<String> COMPARISONS = List.of("==", "!=", "<", "<=", ">", ">=");

    private final TokenStream tokens;
    private final PrimaryParser operands;
    private final PostfixParser postfix;

    ExpressionParser(TokenStream tokens) {
        this.tokens = tokens;
        this.operands = new PrimaryParser(tokens, this);
        this.postfix = new PostfixParser(tokens, this, operands);
    }

    @Override
    public Expr tuple() {
        return tuple(true);
    }

    /** Like {@link #tuple()}, but an {@code if} ends it. For {@code for} and {@code if} statements. */
    Expr tupleWithoutConditional() {
        return tuple(false);
    }

    private Expr tuple(boolean conditional) {
        Expr first = conditional ? expression() : or();
        if (!tokens.current().isOperator(",")) {
            return first;
        }
        List<Expr> items = new ArrayList<>(List.of(first));
        while (tokens.skipOperator(",") && !atTupleEnd()) {
            items.add(conditional ? expression() : or());
        }
        return new Expr.TupleOf(items);
    }

    boolean atTupleEnd() {
        Token token = tokens.current();
        return token.kind() == Kind.VARIABLE_END
                || token.kind() == Kind.BLOCK_END
                || token.isOperator(")");
    }

    @Override
    public Expr expression() {
        tokens.enter();
        Expr value = or();
        while (tokens.skipName("if")) {
            Expr condition = or();
            value =
                    new Expr.Conditional(
                            condition, value, tokens.skipName("else") ? expression() : null);
        }
        tokens.exit();
        return value;
    }

    /** Parses the filters and tests of a block's text. */
    Expr filters(Expr input) {
        return postfix.filters(input);
    }

    /** Like {@link #filters}, but the first filter has no bar before it. */
    Expr firstFilter(Expr input) {
        return postfix.filters(postfix.filter(input));
    }

    private Expr or() {
        Expr left = and();
        while (tokens.skipName("or")) {
            left = new Expr.Or(left, and());
        }
        return left;
    }

    private Expr and() {
        Expr left = not();
        while (tokens.skipName("and")) {
            left = new Expr.And(left, not());
        }
        return left;
    }

    private Expr not() {
        if (!tokens.skipName("not")) {
            return compare();
        }
        tokens.enter();
        Expr negated = new Expr.Not(not());
        tokens.exit();
        return negated;
    }

    private Expr compare() {
        Expr first = sum();
        List<Expr.Operand> rest = new ArrayList<>();
        while (true) {
            Token token = tokens.current();
            if (token.kind() == Kind.OPERATOR && COMPARISONS.contains(token.text())) {
                tokens.next();
                rest.add(new Expr.Operand(token.text(), sum()));
            } else if (tokens.skipName("in")) {
                rest.add(new Expr.Operand("in", sum()));
            } else if (token.isName("not") && tokens.following().isName("in")) {
                tokens.next();
                tokens.next();
                rest.add(new Expr.Operand("not in", sum()));
            } else {
                return rest.isEmpty() ? first : new Expr.Compare(first, rest);
            }
        }
    }

    private Expr sum() {
        Expr left = concat();
        while (tokens.current().isOperator("+") || tokens.current().isOperator("-")) {
            left = new Expr.Binary(tokens.next().text(), left, concat());
        }
        return left;
    }

    private Expr concat() {
        Expr first = product();
        if (!tokens.current().isOperator("~")) {
            return first;
        }
        List<Expr> parts = new ArrayList<>(List.of(first));
        while (tokens.skipOperator("~")) {
            parts.add(product());
        }
        return new Expr.Concat(parts);
    }

    private Expr product() {
        Expr left = power();
        while (tokens.current().kind() == Kind.OPERATOR
                && List.of("*", "/", "//", "%").contains(tokens.current().text())) {
            left = new Expr.Binary(tokens.next().text(), left, power());
        }
        return left;
    }

    private Expr power() {
        Expr left = unary(true);
        while (tokens.skipOperator("**")) {
            left = new Expr.Binary("**", left, unary(true));
        }
        return left;
    }

    private Expr unary(boolean withFilters) {
        Expr value;
        if (tokens.current().isOperator("-") || tokens.current().isOperator("+")) {
            tokens.enter();
            value = new Expr.Sign(tokens.next().isOperator("-"), unary(false));
            tokens.exit();
        } else {
            value = operands.primary();
        }
        value = postfix.postfix(value);
        return withFilters ? postfix.filters(value) : value;
    }
}
