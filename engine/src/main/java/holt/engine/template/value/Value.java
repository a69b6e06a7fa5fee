package holt.engine.template.value;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of the template language. All values but {@link Attributed} ones are immutable. */
public sealed interface Value
        permits Value.None,
                Value.Bool,
                Value.Int,
                Value.Real,
                Value.Str,
                Value.Sequence,
                Value.Dict,
                Value.Undefined,
                Value.Callable,
                Value.Attributed {

    None NONE = new None();
    Bool TRUE = new Bool(true);
    Bool FALSE = new Bool(false);
    Str EMPTY = new Str("");

    record None() implements Value {}

    record Bool(boolean value) implements Value {}

    record Int(long value) implements Value {}

    record Real(double value) implements Value {}

    record Str(String value) implements Value {}

    sealed interface Sequence extends Value permits ListOf, TupleOf {
        List<Value> items();
    }

    record ListOf(List<Value> items) implements Sequence {}

    record TupleOf(List<Value> items) implements Sequence {}

    /** In insertion order. No key is a list or a mapping; unlike in Python, 1 and true are two keys. */
    record Dict(Map<Value, Value> entries) implements Value {}

    /** The result of a missing name or attribute. It prints as nothing and is false and empty; any other use fails. */
    record Undefined(String reason) implements Value {}

    /** A macro, a global function or a method bound to its receiver. */
    @FunctionalInterface
    non-sealed interface Callable extends Value {
        /** @param budget pays for the call */
        Value call(List<Value> positional, Map<String, Value> named, Budget budget);
    }

    /** An object of the interpreter, which has attributes but no Python equivalent: a namespace or a loop. */
    non-sealed interface Attributed extends Value {
        /** The attribute of this name, or null if there is none. */
        @Nullable Value attribute(String name);

        @Override
        String type();
    }

    static Value of(boolean value) {
        return value ? TRUE : FALSE;
    }

    /** Python's truth of a value. */
    default boolean truthy() {
        return switch (this) {
            case None _, Undefined _ -> false;
            case Bool(boolean value) -> value;
            case Int(long value) -> value != 0;
            case Real(double value) -> value != 0;
            case Str(String value) -> !value.isEmpty();
            case Sequence sequence -> !sequence.items().isEmpty();
            case Dict(Map<Value, Value> entries) -> !entries.isEmpty();
            case Callable _, Attributed _ -> true;
        };
    }

    /** Python's type name, for messages. */
    default String type() {
        return switch (this) {
            case None _ -> "None";
            case Undefined _ -> "Undefined";
            case Bool _ -> "bool";
            case Int _ -> "int";
            case Real _ -> "float";
            case Str _ -> "str";
            case ListOf _ -> "list";
            case TupleOf _ -> "tuple";
            case Dict _ -> "dict";
            case Callable _ -> "function";
            case Attributed object -> object.type();
        };
    }

    /** The cost of copying or scanning this value once, in units of {@link Budget}. */
    default long cost() {
        return switch (this) {
            case Str(String value) -> value.length();
            case Sequence sequence -> (long) Budget.ITEM * sequence.items().size();
            case Dict(Map<Value, Value> entries) -> (long) Budget.ITEM * entries.size();
            case None _, Bool _, Int _, Real _, Undefined _, Callable _, Attributed _ -> 1;
        };
    }
}
