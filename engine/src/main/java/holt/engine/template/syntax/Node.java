package holt.engine.template.syntax;

import holt.engine.template.builtin.Builtin;
import holt.engine.template.value.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node of the syntax tree. Statements contain expressions, and a block expression contains statements. */
public sealed interface Node {
    /** A parsed expression. */
    sealed interface Expr extends Node {

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

    /** A parsed statement, with the line of its first token. */
    sealed interface Stmt extends Node {
        int line();

        record Text(int line, String text) implements Stmt {}

        record Print(int line, Expr value) implements Stmt {}

        record If(int line, List<Branch> branches, List<Stmt> otherwise) implements Stmt {}

        record Branch(Expr condition, List<Stmt> body) {}

        record For(
                int line,
                Target target,
                Expr items,
                @Nullable Expr filter,
                List<Stmt> body,
                List<Stmt> otherwise)
                implements Stmt {}

        record Set(int line, Target target, Expr value) implements Stmt {}

        record Macro(int line, String name, List<Parameter> parameters, List<Stmt> body)
                implements Stmt {}

        record Parameter(String name, @Nullable Expr fallback) {}

        /** A body with variables of its own: {@code generation}. */
        record Scoped(int line, List<Stmt> body) implements Stmt {}

        record Break(int line) implements Stmt {}

        record Continue(int line) implements Stmt {}

        /** What a {@code set} or a {@code for} assigns to. */
        sealed interface Target {
            record Variable(String name) implements Target {}

            record Unpacked(List<Target> targets) implements Target {}

            record NamespaceAttribute(String namespace, String name) implements Target {}
        }
    }
}
