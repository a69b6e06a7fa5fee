package holt.engine.template;

import holt.engine.template.Value.Int;
import holt.engine.template.Value.ListOf;
import holt.engine.template.Value.Str;
import holt.engine.template.Value.Undefined;
import java.util.ArrayList;
import java.util.List;

/** {@code map}, {@code select}, {@code reject} and their attribute forms, which name a filter or a test. */
final class SelectionFilters {
    static final List<Builtin> ALL =
            List.of(
                    new Builtin("map", SelectionFilters::map, Builtin.ANY),
                    new Builtin(
                            "select", (input, call) -> keep(input, call, true, false), Builtin.ANY),
                    new Builtin(
                            "reject",
                            (input, call) -> keep(input, call, false, false),
                            Builtin.ANY),
                    new Builtin(
                            "selectattr",
                            (input, call) -> keep(input, call, true, true),
                            Builtin.ANY),
                    new Builtin(
                            "rejectattr",
                            (input, call) -> keep(input, call, false, true),
                            Builtin.ANY));

    private SelectionFilters() {}

    /** The item behind a dotted path such as {@code function.name} or an index; the value itself for None. */
    static Value attribute(Value value, Value path) {
        return attribute(value, path, Value.NONE);
    }

    /** As above, with a fallback in place of each part of the path that is undefined, unless it is None. */
    private static Value attribute(Value value, Value path, Value fallback) {
        if (path instanceof Int) {
            return orElse(Attributes.item(value, path), fallback);
        }
        if (path == Value.NONE) {
            return value;
        }
        Value found = value;
        for (String part : Convert.toText(path).split("\\.", -1)) {
            boolean index = part.matches("[0-9]{1,9}");
            Value key = index ? new Int(Long.parseLong(part)) : new Str(part);
            found = orElse(Attributes.item(found, key), fallback);
        }
        return found;
    }

    private static Value orElse(Value found, Value fallback) {
        return found instanceof Undefined && fallback != Value.NONE ? fallback : found;
    }

    /** None, 0 and other false values count as no items here. */
    private static List<Value> items(Value input) {
        return input.truthy() ? Convert.toList(input) : List.of();
    }

    private static Value map(Value input, Call call) {
        List<Value> mapped = new ArrayList<>();
        for (Value item : items(input)) {
            mapped.add(
                    call.positional().isEmpty()
                            ? mappedAttribute(item, call)
                            : mappedByFilter(item, call));
        }
        return new ListOf(mapped);
    }

    private static Value mappedAttribute(Value item, Call call) {
        for (String name : call.named().keySet()) {
            if (!name.equals("attribute") && !name.equals("default")) {
                throw new EvaluationError("map has no parameter '" + name + "'");
            }
        }
        return attribute(
                item,
                call.require(0, "attribute"),
                call.named().getOrDefault("default", Value.NONE));
    }

    private static Value mappedByFilter(Value item, Call call) {
        String name = call.text(0, "filter");
        Builtin filter = Filters.find(name);
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
            if (passes(attribute(item, path), rest) == wanted) {
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
