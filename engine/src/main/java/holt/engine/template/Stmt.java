package holt.engine.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A parsed statement, with the line of its first token. */
sealed interface Stmt {
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
