package holt.engine.template.value;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Python's {@code str()} and {@code repr()}. */
public final class Printer {
    private final StringBuilder out = new StringBuilder();
    private final Budget budget;

    private Printer(Budget budget) {
        this.budget = budget;
    }

    /** The text that {@code {{ value }}} prints. */
    public static String text(Value value, Budget budget) {
        return switch (value) {
            case Value.Str(String text) -> text;
            case Value.Undefined _ -> "";
            default -> repr(value, budget);
        };
    }

    static String repr(Value value, Budget budget) {
        Printer printer = new Printer(budget);
        printer.write(value);
        return printer.out.toString();
    }

    private void write(Value value) {
        budget.enter();
        budget.spend(value.cost());
        switch (value) {
            case Value.None _ -> out.append("None");
            case Value.Bool(boolean flag) -> out.append(flag ? "True" : "False");
            case Value.Int(long number) -> out.append(number);
            case Value.Real(double number) -> out.append(number(number));
            case Value.Str(String text) -> quote(text);
            case Value.ListOf(List<Value> items) -> items(items, "[", "]");
            case Value.TupleOf(List<Value> items) ->
                    items(items, "(", items.size() == 1 ? ",)" : ")");
            case Value.Dict(Map<Value, Value> entries) -> entries(entries);
            case Value.Undefined _ -> out.append("Undefined");
            case Value.Callable _, Value.Attributed _ ->
                    throw new EvaluationError("a " + value.type() + " cannot be printed");
        }
        budget.exit();
    }

    private void items(List<Value> items, String open, String close) {
        out.append(open);
        for (int i = 0; i < items.size(); i++) {
            out.append(i == 0 ? "" : ", ");
            write(items.get(i));
        }
        out.append(close);
    }

    private void entries(Map<Value, Value> entries) {
        out.append('{');
        Iterator<Map.Entry<Value, Value>> remaining = entries.entrySet().iterator();
        while (remaining.hasNext()) {
            Map.Entry<Value, Value> entry = remaining.next();
            write(entry.getKey());
            out.append(": ");
            write(entry.getValue());
            out.append(remaining.hasNext() ? ", " : "");
        }
        out.append('}');
    }

    /** The shortest decimal that reads back as the same double, in Python's notation. */
    public static String number(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0.0" : "0.0";
        }
        BigDecimal decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            String plain = decimal.toPlainString();
            return decimal.scale() > 0 ? plain : plain + ".0";
        }
        String digits = decimal.unscaledValue().abs().toString();
        String mantissa =
                digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        String power =
                (exponent < 0 ? "-" : "+")
                        + (Math.abs(exponent) < 10 ? "0" : "")
                        + Math.abs(exponent);
        return (number < 0 ? "-" : "") + mantissa + "e" + power;
    }

    private void quote(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        out.append(quote);
        text.codePoints().forEach(point -> character(point, quote));
        out.append(quote);
    }

    private void character(int point, char quote) {
        switch (point) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\\' -> out.append("\\\\");
            default -> {
                if (point == quote) {
                    out.append('\\').append(quote);
                } else if (isPrintable(point)) {
                    out.appendCodePoint(point);
                } else if (point < 0x100) {
                    out.append("\\x%02x".formatted(point));
                } else {
                    out.append((point < 0x10000 ? "\\u%04x" : "\\U%08x").formatted(point));
                }
            }
        }
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE ->
                    false;
            case Character.UNASSIGNED, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                    false;
            case Character.SPACE_SEPARATOR -> point == ' ';
            default -> true;
        };
    }
}
