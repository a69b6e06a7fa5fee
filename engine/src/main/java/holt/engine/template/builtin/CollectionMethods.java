package holt.engine.template.builtin;

import holt.engine.template.value.Call;
import holt.engine.template.value.Comparison;
import holt.engine.template.value.Convert;
import holt.engine.template.value.EvaluationError;
import holt.engine.template.value.Value;
import holt.engine.template.value.Value.Dict;
import holt.engine.template.value.Value.Int;
import holt.engine.template.value.Value.ListOf;
import holt.engine.template.value.Value.TupleOf;
import holt.engine.template.value.Value.Undefined;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The methods of Python's {@code dict}, {@code list} and {@code tuple}. Methods that change the receiver are undefined, as in
 * Jinja2's immutable sandbox: they hide a key of that name and fail when called.
 */
final class CollectionMethods {
    private static final Builtin GET = new Builtin("get", CollectionMethods::get, "key", "default");
    private static final Builtin ITEMS = new Builtin("items", (dict, _) -> items(dict));
    private static final Builtin KEYS =
            new Builtin("keys", (dict, _) -> new ListOf(Convert.toList(dict)));
    private static final Builtin VALUES =
            new Builtin("values", (dict, _) -> new ListOf(List.copyOf(entries(dict).values())));
    private static final Builtin COPY = new Builtin("copy", (value, _) -> value);
    private static final Builtin INDEX = new Builtin("index", CollectionMethods::index, "value");
    private static final Builtin COUNT = new Builtin("count", CollectionMethods::count, "value");

    private CollectionMethods() {}

    static @Nullable Builtin ofDict(String name) {
        return switch (name) {
            case "get" -> GET;
            case "items" -> ITEMS;
            case "keys" -> KEYS;
            case "values" -> VALUES;
            case "copy" -> COPY;
            default -> null;
        };
    }

    static @Nullable Builtin ofSequence(String name) {
        return switch (name) {
            case "index" -> INDEX;
            case "count" -> COUNT;
            case "copy" -> COPY;
            default -> null;
        };
    }

    static boolean changesDict(String name) {
        return switch (name) {
            case "clear", "pop", "popitem", "setdefault", "update" -> true;
            default -> false;
        };
    }

    /** The (key, value) tuples of a mapping; none of an undefined value. */
    static Value items(Value mapping) {
        if (mapping instanceof Undefined) {
            return new ListOf(List.of());
        }
        return new ListOf(
                entries(mapping).entrySet().stream()
                        .<Value>map(entry -> new TupleOf(List.of(entry.getKey(), entry.getValue())))
                        .toList());
    }

    static Map<Value, Value> entries(Value value) {
        if (value instanceof Dict(Map<Value, Value> entries)) {
            return entries;
        }
        throw new EvaluationError("expected a mapping, got " + Convert.describe(value));
    }

    private static Value get(Value dict, Call call) {
        Value found = entries(dict).get(Convert.toKey(call.require(0, "key")));
        return found == null ? call.get(1, "default", Value.NONE) : found;
    }

    private static Value index(Value list, Call call) {
        List<Value> items = Convert.toList(list);
        for (int i = 0; i < items.size(); i++) {
            if (Comparison.equal(items.get(i), call.require(0, "value"), call.budget())) {
                return new Int(i);
            }
        }
        throw new EvaluationError("the value is not in the list");
    }

    private static Value count(Value list, Call call) {
        Value wanted = call.require(0, "value");
        return new Int(
                Convert.toList(list).stream()
                        .filter(item -> Comparison.equal(item, wanted, call.budget()))
                        .count());
    }
}
