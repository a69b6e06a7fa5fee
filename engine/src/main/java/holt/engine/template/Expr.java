package holt.engine.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A parsed expression. */
sealed interface Expr {

    record Literal(Value value) implements Expr {}

    record Name(String name) implements Expr {}

    record ListOf(List<Expr> items) implements Expr {}

    record TupleOf(List<Expr> items) implements Expr {}

    record Dict(List<Entry> entries) implements Expr {}

    record Entry(Expr key, Expr value) {}

    record Attribute(Expr owner, String name) implements Expr {}

    record Item(Expr owner, Expr key) implements Expr {}

    record Slice(Expr owner, @Nullable Expr start, @Nullable Expr stop, @Nullable Expr step)
            implements Expr {}

    record Invoke(Expr function, Arguments arguments) implements Expr {}

    record Filtered(Expr input, Builtin filter, Arguments arguments) implements Expr {}

    record Tested(Expr input, Builtin test, Arguments arguments) implements Expr {}

    record Not(Expr operand) implements Expr {}

    record Sign(boolean negative, Expr operand) implements Expr {}

    record Binary(String operator, Expr left, Expr right) implements Expr {}

    /** The parts joined as text: {@code a ~ b ~ c}. */
    record Concat(List<Expr> parts) implements Expr {}

    record And(Expr left, Expr right) implements Expr {}

    record Or(Expr left, Expr right) implements Expr {}

    /** A chain such as {@code a < b <= c}: each pair in turn, each operand once. */
    record Compare(Expr first, List<Operand> rest) implements Expr {}

    record Operand(String operator, Expr value) {}

    record Conditional(Expr condition, Expr then, @Nullable Expr otherwise) implements Expr {}

    /** The text that a body renders to: a block {@code set} or {@code filter}. */
    record Block(List<Stmt> body) implements Expr {}

    record Arguments(List<Expr> positional, Map<String, Expr> named) {
        static final Arguments NONE = new Arguments(List.of(), Map.of());
    }
}
