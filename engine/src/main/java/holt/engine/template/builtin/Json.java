package holt.engine.template.builtin;

import holt.engine.template.value.Budget;
import holt.engine.template.value.Comparison;
import holt.engine.template.value.Convert;
import holt.engine.template.value.EvaluationError;
import holt.engine.template.value.Printer;
import holt.engine.template.value.Value;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Python's {@code json.dumps}, byte for byte: models were trained on its spacing. */
final class Json {
    private final StringBuilder out = new StringBuilder();
    private final Format format;
    private final Budget budget;

    /** @param indent what one level adds to a line, or null for a single line */
    record Format(
            boolean ascii,
            @Nullable String indent,
            String itemSeparator,
            String keySeparator,
            boolean sortKeys) {}

    private Json(Format format, Budget budget) {
        this.format = format;
        this.budget = budget;
    }

    static String write(Value value, Format format, Budget budget) {
        Json json = new Json(format, budget);
        json.value(value, 1);
        return json.out.toString();
    }

    private void value(Value value, int level) {
        budget.enter();
        budget.spend(value.cost());
        switch (value) {
            case Value.Sequence sequence -> items(sequence.items(), level);
            case Value.Dict(Map<Value, Value> entries) -> entries(entries, level);
            case Value.Str(String text) -> string(text);
            default -> out.append(scalar(value));
        }
        budget.exit();
    }

    private static String scalar(Value value) {
        return switch (value) {
            case Value.None _ -> "null";
            case Value.Bool(boolean flag) -> flag ? "true" : "false";
            case Value.Int(long number) -> Long.toString(number);
            case Value.Real(double number) when Double.isNaN(number) -> "NaN";
            case Value.Real(double number) when Double.isInfinite(number) ->
                    number > 0 ? "Infinity" : "-Infinity";
            case Value.Real(double number) -> Printer.number(number);
            default ->
                    throw new EvaluationError("not JSON serializable: " + Convert.describe(value));
        };
    }

    private void items(List<Value> items, int level) {
        out.append('[');
        for (int i = 0; i < items.size(); i++) {
            out.append(i == 0 ? "" : format.itemSeparator);
            lineBreak(level);
            value(items.get(i), level + 1);
        }
        if (!items.isEmpty()) {
            lineBreak(level - 1);
        }
        out.append(']');
    }

    private void entries(Map<Value, Value> entries, int level) {
        out.append('{');
        boolean first = true;
        for (Map.Entry<Value, Value> entry : sorted(entries)) {
            out.append(first ? "" : format.itemSeparator);
            first = false;
            lineBreak(level);
            string(entry.getKey() instanceof Value.Str(String key) ? key : scalar(entry.getKey()));
            out.append(format.keySeparator);
            value(entry.getValue(), level + 1);
        }
        if (!first) {
            lineBreak(level - 1);
        }
        out.append('}');
    }

    private Iterable<Map.Entry<Value, Value>> sorted(Map<Value, Value> entries) {
        if (!format.sortKeys) {
            return entries.entrySet();
        }
        Comparator<Value> order = (a, b) -> Comparison.order(a, b, budget);
        return entries.entrySet().stream().sorted(Map.Entry.comparingByKey(order)).toList();
    }

    private void lineBreak(int level) {
        if (format.indent != null) {
            budget.spend((long) level * format.indent.length() + 1);
            out.append('\n').repeat(format.indent, level);
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            character(text.charAt(i));
        }
        out.append('"');
    }

    private void character(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\f' -> out.append("\\f");
            case '\b' -> out.append("\\b");
            default -> {
                if (c < 0x20 || (format.ascii && c > 0x7e)) {
                    out.append("\\u%04x".formatted((int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
