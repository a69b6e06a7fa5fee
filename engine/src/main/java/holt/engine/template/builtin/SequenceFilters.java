package holt.engine.template.builtin;

import holt.engine.template.value.Call;
import holt.engine.template.value.Comparison;
import holt.engine.template.value.Convert;
import holt.engine.template.value.EvaluationError;
import holt.engine.template.value.PythonText;
import holt.engine.template.value.Value;
import holt.engine.template.value.Value.ListOf;
import holt.engine.template.value.Value.Str;
import holt.engine.template.value.Value.TupleOf;
import holt.engine.template.value.Value.Undefined;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Filters on lists, mappings and the characters of a string. They return lists where Jinja2 returns iterators. */
final class SequenceFilters {
    static final List<Builtin> ALL =
            List.of(
                    new Builtin("length", (input, _) -> length(input)),
                    new Builtin("count", (input, _) -> length(input)),
                    new Builtin("first", (input, _) -> first(input)),
                    new Builtin("last", (input, _) -> last(input)),
                    new Builtin("list", (input, _) -> new ListOf(Convert.toList(input))),
                    new Builtin("items", (input, _) -> CollectionMethods.items(input)),
                    new Builtin("reverse", (input, _) -> reverse(input)),
                    new Builtin("default", SequenceFilters::orDefault, "default_value", "boolean"),
                    new Builtin("d", SequenceFilters::orDefault, "default_value", "boolean"),
                    new Builtin(
                            "dictsort",
                            SequenceFilters::dictSort,
                            "case_sensitive",
                            "by",
                            "reverse"),
                    new Builtin(
                            "sort",
                            SequenceFilters::sort,
                            "reverse",
                            "case_sensitive",
                            "attribute"),
                    new Builtin("unique", SequenceFilters::unique, "case_sensitive", "attribute"),
                    new Builtin(
                            "min",
                            (input, call) -> least(input, order(call, 0, 1)),
                            "case_sensitive",
                            "attribute"),
                    new Builtin(
                            "max",
                            (input, call) -> least(input, order(call, 0, 1).reversed()),
                            "case_sensitive",
                            "attribute"));

    private SequenceFilters() {}

    private static Value length(Value input) {
        return switch (input) {
            case Str(String text) -> new Value.Int(PythonText.length(text));
            case Value.Sequence sequence -> new Value.Int(sequence.items().size());
            case Value.Dict(Map<Value, Value> entries) -> new Value.Int(entries.size());
            case Undefined _ -> new Value.Int(0);
            default -> throw new EvaluationError(Convert.describe(input) + " has no length");
        };
    }

    private static Value first(Value input) {
        List<Value> items = Convert.toList(input);
        return items.isEmpty()
                ? new Undefined("no first item, the sequence was empty")
                : items.getFirst();
    }

    private static Value last(Value input) {
        List<Value> items = Convert.toList(input);
        return items.isEmpty()
                ? new Undefined("no last item, the sequence was empty")
                : items.getLast();
    }

    private static Value reverse(Value input) {
        return input instanceof Str(String text)
                ? new Str(new StringBuilder(text).reverse().toString())
                : new ListOf(Convert.toList(input).reversed());
    }

    private static Value orDefault(Value input, Call call) {
        boolean absent =
                input instanceof Undefined || (call.flag(1, "boolean", false) && !input.truthy());
        return absent ? call.get(0, "default_value", Value.EMPTY) : input;
    }

    private static Value dictSort(Value input, Call call) {
        int position =
                switch (call.text(1, "by", "key")) {
                    case "key" -> 0;
                    case "value" -> 1;
                    default -> throw new EvaluationError("dictsort sorts by 'key' or 'value'");
                };
        Value mapping = new Value.Dict(CollectionMethods.entries(input));
        List<Value> items = Convert.toList(CollectionMethods.items(mapping));
        boolean caseSensitive = call.flag(0, "case_sensitive", false);
        Comparator<Value> order =
                (a, b) -> {
                    Value left = ((TupleOf) a).items().get(position);
                    Value right = ((TupleOf) b).items().get(position);
                    return Comparison.order(
                            key(left, caseSensitive), key(right, caseSensitive), call.budget());
                };
        return sorted(items, order, call.flag(2, "reverse", false));
    }

    private static Value sort(Value input, Call call) {
        return sorted(Convert.toList(input), order(call, 1, 2), call.flag(0, "reverse", false));
    }

    /** Equal items keep their order, also in reverse. */
    private static Value sorted(List<Value> items, Comparator<Value> order, boolean reverse) {
        return new ListOf(items.stream().sorted(reverse ? order.reversed() : order).toList());
    }

    private static Value unique(Value input, Call call) {
        boolean caseSensitive = call.flag(0, "case_sensitive", false);
        Value attribute = call.get(1, "attribute", Value.NONE);
        List<Value> seen = new ArrayList<>();
        List<Value> kept = new ArrayList<>();
        for (Value item : Convert.toList(input)) {
            Value key = key(Attributes.path(item, attribute), caseSensitive);
            if (seen.stream().noneMatch(earlier -> Comparison.equal(earlier, key, call.budget()))) {
                seen.add(key);
                kept.add(item);
            }
        }
        return new ListOf(kept);
    }

    /** The first of the least items. */
    private static Value least(Value input, Comparator<Value> order) {
        Value least = new Undefined("no aggregated item, the sequence was empty");
        for (Value item : Convert.toList(input)) {
            if (least instanceof Undefined || order.compare(item, least) < 0) {
                least = item;
            }
        }
        return least;
    }

    private static Comparator<Value> order(Call call, int casePosition, int attributePosition) {
        boolean caseSensitive = call.flag(casePosition, "case_sensitive", false);
        Value attribute = call.get(attributePosition, "attribute", Value.NONE);
        return (a, b) ->
                Comparison.order(
                        key(Attributes.path(a, attribute), caseSensitive),
                        key(Attributes.path(b, attribute), caseSensitive),
                        call.budget());
    }

    private static Value key(Value value, boolean caseSensitive) {
        return value instanceof Str(String text) && !caseSensitive
                ? new Str(PythonText.lower(text))
                : value;
    }
}
