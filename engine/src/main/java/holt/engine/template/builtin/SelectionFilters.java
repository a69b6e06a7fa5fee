package holt.engine.template.builtin;

import holt.engine.template.value.Call;
import holt.engine.template.value.Convert;
import holt.engine.template.value.EvaluationError;
import holt.engine.template.value.Value;
import holt.engine.template.value.Value.ListOf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code map}, {@code select}, {@code reject} and their attribute forms. They apply a named filter or test. */
final class SelectionFilters {
    /** @param filters finds a filter by name, also one of these */
    static List<Builtin> all(Function<String, @Nullable Builtin> filters) {
        return List.of(
                new Builtin("map", (input, call) -> map(input, call, filters), Builtin.ANY),
                new Builtin("select", (input, call) -> keep(input, call, true, false), Builtin.ANY),
                new Builtin(
                        "reject", (input, call) -> keep(input, call, false, false), Builtin.ANY),
                new Builtin(
                        "selectattr", (input, call) -> keep(input, call, true, true), Builtin.ANY),
                new Builtin(
                        "rejectattr",
                        (input, call) -> keep(input, call, false, true),
                        Builtin.ANY));
    }

    private SelectionFilters() {}

    /** The items; none for a false value such as None or 0. */
    private static List<Value> items(Value input) {
        return input.truthy() ? Convert.toList(input) : List.of();
    }

    private static Value map(Value input, Call call, Function<String, @Nullable Builtin> filters) {
        List<Value> mapped = new ArrayList<>();
        for (Value item : items(input)) {
            mapped.add(
                    call.positional().isEmpty()
                            ? mappedAttribute(item, call)
                            : mappedByFilter(item, call, filters));
        }
        return new ListOf(mapped);
    }

    private static Value mappedAttribute(Value item, Call call) {
        for (String name : call.named().keySet()) {
            if (!name.equals("attribute") && !name.equals("default")) {
                throw new EvaluationError("map has no parameter '" + name + "'");
            }
        }
        return Attributes.path(
                item,
                call.require(0, "attribute"),
                call.named().getOrDefault("default", Value.NONE));
    }

    private static Value mappedByFilter(
            Value item, Call call, Function<String, @Nullable Builtin> filters) {
        String name = call.text(0, "filter");
        Builtin filter = filters.apply(name);
        if (filter == null) {
            throw new EvaluationError("no filter named '" + name + "'");
        }
        return filter.apply(item, call.without(1));
    }

    private static Value keep(Value input, Call call, boolean wanted, boolean byAttribute) {
        Value path = byAttribute ? call.require(0, "attribute") : Value.NONE;
        Call rest = byAttribute ? call.without(1) : call;
        List<Value> kept = new ArrayList<>();
        for (Value item : items(input)) {
            if (passes(Attributes.path(item, path), rest) == wanted) {
                kept.add(item);
            }
        }
        return new ListOf(kept);
    }

    private static boolean passes(Value value, Call call) {
        if (call.positional().isEmpty()) {
            return value.truthy();
        }
        String name = call.text(0, "test");
        Builtin test = Tests.find(name);
        if (test == null) {
            throw new EvaluationError("no test named '" + name + "'");
        }
        return test.apply(value, call.without(1)).truthy();
    }
}
