package holt.engine.template.syntax;

import holt.engine.template.syntax.Node.Expr;
import holt.engine.template.syntax.Node.Stmt;
import holt.engine.template.syntax.Node.Stmt.Target;
import holt.engine.template.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Parses a whole template. */
public final class StatementParser {
    private final TokenStream tokens;
    private final ExpressionParser expressions;

    /** The loops that a {@code break} in the current statement could end. */
    private int loops;

    private StatementParser(TokenStream tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens);
    }

    public static List<Stmt> parse(String source) {
        StatementParser parser = new StatementParser(new TokenStream(Lexer.tokens(source)));
        List<Stmt> body = parser.body(List.of());
        if (parser.tokens.current().kind() != Kind.END) {
            throw parser.tokens.unexpected("the end of the template");
        }
        return body;
    }

    /** Parses statements up to a tag with one of the names, which stays the current token. */
    private List<Stmt> body(List<String> ends) {
        tokens.enter();
        List<Stmt> statements = new ArrayList<>();
        while (true) {
            Token token = tokens.next();
            switch (token.kind()) {
                case DATA -> statements.add(new Stmt.Text(token.line(), token.text()));
                case VARIABLE_BEGIN -> {
                    statements.add(new Stmt.Print(token.line(), expressions.tuple()));
                    tokens.expect(Kind.VARIABLE_END, "'}}'");
                }
                case BLOCK_BEGIN -> {
                    if (tokens.current().kind() == Kind.NAME
                            && ends.contains(tokens.current().text())) {
                        tokens.exit();
                        return statements;
                    }
                    statements.add(statement(tokens.line(), tokens.expectName()));
                    blockEnd();
                }
                default -> {
                    if (!ends.isEmpty()) {
                        throw new SyntaxError(
                                token.line(), "expected '" + String.join("' or '", ends) + "'");
                    }
                    tokens.exit();
                    return statements;
                }
            }
        }
    }

    /** Parses a body and the name of its end tag. A {@code break} inside does not reach an outer loop. */
    private List<Stmt> detachedBody(String end) {
        int outer = loops;
        loops = 0;
        blockEnd();
        List<Stmt> statements = body(List.of(end));
        tokens.next();
        loops = outer;
        return statements;
    }

    private void blockEnd() {
        tokens.expect(Kind.BLOCK_END, "'%}'");
    }

    private Stmt statement(int line, String tag) {
        return switch (tag) {
            case "if" -> parseIf(line);
            case "for" -> parseFor(line);
            case "set" -> parseSet(line);
            case "macro" -> parseMacro(line);
            case "filter" -> parseFilter(line);
            case "generation" -> new Stmt.Scoped(line, detachedBody("endgeneration"));
            case "break" -> new Stmt.Break(inLoop(line, tag));
            case "continue" -> new Stmt.Continue(inLoop(line, tag));
            default -> throw new SyntaxError(line, "no tag named '" + tag + "' is supported here");
        };
    }

    private int inLoop(int line, String tag) {
        if (loops == 0) {
            throw new SyntaxError(line, "'" + tag + "' outside a loop");
        }
        return line;
    }

    private Stmt parseIf(int line) {
        List<Stmt.Branch> branches = new ArrayList<>();
        List<Stmt> otherwise = List.of();
        String tag = "if";
        while (!tag.equals("endif")) {
            if (tag.equals("else")) {
                blockEnd();
                otherwise = body(List.of("endif"));
            } else {
                Expr condition = expressions.tupleWithoutConditional();
                blockEnd();
                branches.add(new Stmt.Branch(condition, body(List.of("elif", "else", "endif"))));
            }
            tag = tokens.next().text();
        }
        return new Stmt.If(line, branches, otherwise);
    }

    private Stmt parseFor(int line) {
        Target target = target(false);
        if (!tokens.skipName("in")) {
            throw tokens.unexpected("'in'");
        }
        Expr items = expressions.tupleWithoutConditional();
        Expr filter = tokens.skipName("if") ? expressions.expression() : null;
        blockEnd();
        loops++;
        List<Stmt> body = body(List.of("endfor", "else"));
        loops--;
        List<Stmt> otherwise = List.of();
        if (tokens.next().isName("else")) {
            blockEnd();
            otherwise = body(List.of("endfor"));
            tokens.next();
        }
        return new Stmt.For(line, target, items, filter, body, otherwise);
    }

    private Stmt parseSet(int line) {
        Target target = target(true);
        if (tokens.skipOperator("=")) {
            return new Stmt.Set(line, target, expressions.tuple());
        }
        List<Stmt> body = new ArrayList<>();
        Expr value = expressions.filters(new Expr.Block(body));
        body.addAll(detachedBody("endset"));
        return new Stmt.Set(line, target, value);
    }

    private Stmt parseFilter(int line) {
        List<Stmt> body = new ArrayList<>();
        Expr value = expressions.firstFilter(new Expr.Block(body));
        body.addAll(detachedBody("endfilter"));
        return new Stmt.Print(line, value);
    }

    private Stmt parseMacro(int line) {
        String name = tokens.expectName();
        tokens.expectOperator("(");
        List<Stmt.Parameter> parameters = new ArrayList<>();
        while (!tokens.skipOperator(")")) {
            String parameter = tokens.expectName();
            parameters.add(
                    new Stmt.Parameter(
                            parameter, tokens.skipOperator("=") ? expressions.expression() : null));
            if (!tokens.current().isOperator(")")) {
                tokens.expectOperator(",");
            }
        }
        return new Stmt.Macro(line, name, parameters, detachedBody("endmacro"));
    }

    private Target target(boolean withNamespace) {
        Target first = singleTarget(withNamespace);
        if (!tokens.current().isOperator(",")) {
            return first;
        }
        List<Target> targets = new ArrayList<>(List.of(first));
        while (tokens.skipOperator(",") && tokens.current().kind() == Kind.NAME) {
            targets.add(singleTarget(withNamespace));
        }
        return new Target.Unpacked(targets);
    }

    private Target singleTarget(boolean withNamespace) {
        if (tokens.skipOperator("(")) {
            Target inner = target(withNamespace);
            tokens.expectOperator(")");
            return inner;
        }
        String name = tokens.expectName();
        if (withNamespace && tokens.skipOperator(".")) {
            return new Target.NamespaceAttribute(name, tokens.expectName());
        }
        return new Target.Variable(name);
    }
}
