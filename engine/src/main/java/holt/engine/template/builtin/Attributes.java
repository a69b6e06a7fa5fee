package holt.engine.template.builtin;

import holt.engine.template.value.Arithmetic;
import holt.engine.template.value.Call;
import holt.engine.template.value.Convert;
import holt.engine.template.value.EvaluationError;
import holt.engine.template.value.PythonText;
import holt.engine.template.value.Value;
import holt.engine.template.value.Value.Dict;
import holt.engine.template.value.Value.Int;
import holt.engine.template.value.Value.ListOf;
import holt.engine.template.value.Value.Sequence;
import holt.engine.template.value.Value.Str;
import holt.engine.template.value.Value.TupleOf;
import holt.engine.template.value.Value.Undefined;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Attributes and items of values. {@code x.name} looks for an attribute first: a mapping's method {@code items} wins over its
 * key. {@code x['name']} looks for an item first. Each falls back to the other, then to undefined.
 */
public final class Attributes {
    private Attributes() {}

    public static Value attribute(Value owner, String name) {
        Value found = ownAttribute(owner, name);
        if (found == null && owner instanceof Dict(Map<Value, Value> entries)) {
            found = entries.get(new Str(name));
        }
        return found != null ? found : missing(owner, name);
    }

    public static Value item(Value owner, Value key) {
        rejectUndefined(owner);
        Value found = ownItem(owner, key);
        if (found == null && key instanceof Str(String name)) {
            found = ownAttribute(owner, name);
        }
        if (found != null) {
            return found;
        }
        return key instanceof Str(String name)
                ? missing(owner, name)
                : new Undefined(owner.type() + " object has no such element");
    }

    /** The item at an index or a dotted path such as {@code function.name}. None gives the value itself. */
    static Value path(Value value, Value path) {
        return path(value, path, Value.NONE);
    }

    /** Like {@link #path(Value, Value)}, but a fallback other than None replaces each undefined part of the path. */
    static Value path(Value value, Value path, Value fallback) {
        if (path instanceof Int) {
            return orElse(item(value, path), fallback);
        }
        if (path == Value.NONE) {
            return value;
        }
        Value found = value;
        for (String part : Convert.toText(path).split("\\.", -1)) {
            boolean index = part.matches("[0-9]{1,9}");
            Value key = index ? new Int(Long.parseLong(part)) : new Str(part);
            found = orElse(item(found, key), fallback);
        }
        return found;
    }

    private static Value orElse(Value found, Value fallback) {
        return found instanceof Undefined && fallback != Value.NONE ? fallback : found;
    }

    private static @Nullable Value ownAttribute(Value owner, String name) {
        rejectUndefined(owner);
        return switch (owner) {
            case Value.Attributed object -> object.attribute(name);
            case Str _ -> method(owner, StringMethods.find(name));
            case Dict _ when CollectionMethods.changesDict(name) -> missing(owner, name);
            case Dict _ -> method(owner, CollectionMethods.ofDict(name));
            case Sequence _ -> method(owner, CollectionMethods.ofSequence(name));
            default -> null;
        };
    }

    private static @Nullable Value method(Value owner, @Nullable Builtin method) {
        return method == null ? null : Call.function(call -> method.apply(owner, call));
    }

    private static @Nullable Value ownItem(Value owner, Value key) {
        return switch (owner) {
            case Dict(Map<Value, Value> entries) -> entries.get(key);
            case Sequence sequence when Arithmetic.isInteger(key) -> {
                List<Value> items = sequence.items();
                int index = index(Convert.toLong(key), items.size());
                yield index < 0 ? null : items.get(index);
            }
            case Str(String text) when Arithmetic.isInteger(key) -> {
                int index = index(Convert.toLong(key), PythonText.length(text));
                yield index < 0 ? null : character(text, index);
            }
            default -> null;
        };
    }

    private static Str character(String text, int index) {
        return new Str(Character.toString(text.codePointAt(text.offsetByCodePoints(0, index))));
    }

    /** The index counted from the start, or -1 when there is no such item. */
    private static int index(long index, int size) {
        long fromStart = index < 0 ? index + size : index;
        return fromStart >= 0 && fromStart < size ? (int) fromStart : -1;
    }

    /** {@code owner[start:stop:step]}; each bound may be None. */
    public static Value slice(Value owner, Value start, Value stop, Value step) {
        rejectUndefined(owner);
        return switch (owner) {
            case Str(String text) -> {
                int[] points = text.codePoints().toArray();
                StringBuilder out = new StringBuilder();
                indices(points.length, start, stop, step)
                        .forEach(i -> out.appendCodePoint(points[i]));
                yield new Str(out.toString());
            }
            case ListOf(List<Value> items) -> new ListOf(pick(items, start, stop, step));
            case TupleOf(List<Value> items) -> new TupleOf(pick(items, start, stop, step));
            default -> throw new EvaluationError(Convert.describe(owner) + " cannot be sliced");
        };
    }

    private static List<Value> pick(List<Value> items, Value start, Value stop, Value step) {
        return indices(items.size(), start, stop, step).stream().map(items::get).toList();
    }

    private static List<Integer> indices(int size, Value start, Value stop, Value step) {
        long stride = step == Value.NONE ? 1 : Convert.toLong(step);
        if (stride == 0) {
            throw new EvaluationError("slice step cannot be zero");
        }
        int low = stride > 0 ? 0 : -1;
        int high = stride > 0 ? size : size - 1;
        long from = start == Value.NONE ? (stride > 0 ? low : high) : bound(start, size, low, high);
        long to = stop == Value.NONE ? (stride > 0 ? high : low) : bound(stop, size, low, high);
        List<Integer> indices = new ArrayList<>();
        for (long i = from;
                stride > 0 ? i < to : i > to;
                i += Math.clamp(stride, -size - 1L, size + 1L)) {
            indices.add((int) i);
        }
        return indices;
    }

    private static long bound(Value bound, int size, int low, int high) {
        long value = Convert.toLong(bound);
        return Math.clamp(value < 0 ? value + size : value, low, high);
    }

    private static Undefined missing(Value owner, String name) {
        return new Undefined("'" + owner.type() + " object' has no attribute '" + name + "'");
    }

    private static void rejectUndefined(Value owner) {
        if (owner instanceof Undefined(String reason)) {
            throw new EvaluationError(reason);
        }
    }
}
