package holt.engine.template.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts Java objects to values, and values to what builtins need. */
public final class Convert {
    private static final int MAX_DEPTH = 100;
    private static final int MAX_CHARACTERS = 1 << 20;

    private Convert() {}

    /** A String, a number that fits a long or a double, a Boolean, a List, a Map with String keys, or null. */
    public static Value fromJava(@Nullable Object object) {
        return fromJava(object, 0);
    }

    private static Value fromJava(@Nullable Object object, int depth) {
        if (depth > MAX_DEPTH) {
            throw new EvaluationError("a variable is nested deeper than " + MAX_DEPTH + " levels");
        }
        return switch (object) {
            case null -> Value.NONE;
            case String text -> new Value.Str(text);
            case Boolean flag -> Value.of(flag);
            case Long number -> new Value.Int(number);
            case Integer number -> new Value.Int(number);
            case Short number -> new Value.Int(number);
            case Double number -> new Value.Real(number);
            case Float number -> new Value.Real(number);
            case List<?> list -> {
                List<Value> items = new ArrayList<>(list.size());
                for (Object item : list) {
                    items.add(fromJava(item, depth + 1));
                }
                yield new Value.ListOf(items);
            }
            case Map<?, ?> map -> {
                Map<Value, Value> entries = LinkedHashMap.newLinkedHashMap(map.size());
                map.forEach((key, value) ->
                        entries.put(fromJava(key, depth + 1), fromJava(value, depth + 1)));
                yield new Value.Dict(entries);
            }
            default ->
                    throw new EvaluationError(
                            "a variable has the unsupported type " + object.getClass().getName());
        };
    }

    /** The string. Anything else is an error. */
    public static String toText(Value value) {
        if (value instanceof Value.Str(String text)) {
            return text;
        }
        throw new EvaluationError("expected a string, got " + describe(value));
    }

    public static long toLong(Value value) {
        return switch (value) {
            case Value.Int(long number) -> number;
            case Value.Bool(boolean flag) -> flag ? 1 : 0;
            default -> throw new EvaluationError("expected an integer, got " + describe(value));
        };
    }

    public static int toInt(Value value) {
        return (int) Math.clamp(toLong(value), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** The value, unless Python does not allow it as a key of a mapping. */
    public static Value toKey(Value value) {
        if (value instanceof Value.ListOf || value instanceof Value.Dict) {
            throw new EvaluationError("a key of a mapping cannot be " + describe(value));
        }
        return value;
    }

    /** The items that {@code for} iterates over. */
    public static List<Value> toList(Value value) {
        return switch (value) {
            case Value.Sequence sequence -> sequence.items();
            case Value.Dict(Map<Value, Value> entries) -> List.copyOf(entries.keySet());
            case Value.Str(String text) -> characters(text);
            case Value.Undefined _ -> List.of();
            default -> throw new EvaluationError(describe(value) + " is not iterable");
        };
    }

    /** The reason of an undefined value, or else the type name. */
    public static String describe(Value value) {
        return value instanceof Value.Undefined(String reason) ? reason : "'" + value.type() + "'";
    }

    private static List<Value> characters(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new EvaluationError("the text is too long to iterate over");
        }
        return text.codePoints()
                .<Value>mapToObj(point -> new Value.Str(Character.toString(point)))
                .toList();
    }
}
