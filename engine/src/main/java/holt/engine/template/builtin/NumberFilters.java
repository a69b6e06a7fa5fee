package holt.engine.template.builtin;

import holt.engine.template.value.Arithmetic;
import holt.engine.template.value.Call;
import holt.engine.template.value.Convert;
import holt.engine.template.value.EvaluationError;
import holt.engine.template.value.PythonText;
import holt.engine.template.value.Value;
import holt.engine.template.value.Value.Int;
import holt.engine.template.value.Value.Real;
import holt.engine.template.value.Value.Str;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Pattern;

/** Filters that return a number. */
final class NumberFilters {
    private static final int MAX_DIGITS = 400;
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+(_[0-9]+)*");
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");

    static final List<Builtin> ALL =
            List.of(
                    new Builtin("int", NumberFilters::toInteger, "default"),
                    new Builtin("float", NumberFilters::toReal, "default"),
                    new Builtin("abs", (input, _) -> absolute(input)),
                    new Builtin("round", NumberFilters::round, "precision", "method"),
                    new Builtin("sum", NumberFilters::sum, "attribute", "start"));

    private NumberFilters() {}

    private static Value toInteger(Value input, Call call) {
        Value number = number(input);
        return switch (number) {
            case Real(double real) when Double.isFinite(real) -> truncate(real);
            case Value.Bool _, Int _ -> new Int(Convert.toLong(number));
            default -> call.get(0, "default", new Int(0));
        };
    }

    private static Value truncate(double real) {
        if (Math.abs(real) >= 0x1p63) {
            throw new EvaluationError("a number is too large");
        }
        return new Int((long) real);
    }

    private static Value toReal(Value input, Call call) {
        Value number = number(input);
        return Arithmetic.isNumber(number)
                ? new Real(Arithmetic.toDouble(number))
                : call.get(0, "default", new Real(0));
    }

    /** The number, or the number that a string spells, or else None. */
    private static Value number(Value input) {
        if (input instanceof Value.Undefined(String reason)) {
            throw new EvaluationError(reason);
        }
        if (!(input instanceof Str(String text))) {
            return Arithmetic.isNumber(input) ? input : Value.NONE;
        }
        String digits = PythonText.strip(text);
        if (digits.length() > MAX_DIGITS) {
            throw new EvaluationError("the text is too long to be read as a number");
        }
        if (INTEGER.matcher(digits).matches()) {
            return integer(digits.replace("_", ""));
        }
        return DECIMAL.matcher(digits).matches()
                ? new Real(Double.parseDouble(digits))
                : Value.NONE;
    }

    private static Value integer(String digits) {
        try {
            return new Int(Long.parseLong(digits));
        } catch (NumberFormatException e) {
            throw new EvaluationError("the number " + digits + " is too large");
        }
    }

    private static Value absolute(Value input) {
        return Arithmetic.isNumber(input) && Arithmetic.toDouble(input) < 0
                ? Arithmetic.sign(true, input)
                : Arithmetic.sign(false, input);
    }

    private static Value round(Value input, Call call) {
        int precision = (int) Math.clamp(call.integer(0, "precision", 0), -400, 400);
        RoundingMode mode =
                switch (call.text(1, "method", "common")) {
                    case "common" -> RoundingMode.HALF_EVEN;
                    case "ceil" -> RoundingMode.CEILING;
                    case "floor" -> RoundingMode.FLOOR;
                    default -> throw new EvaluationError("method must be common, ceil or floor");
                };
        return switch (input) {
            case Real(double real) when Double.isFinite(real) ->
                    new Real(new BigDecimal(real).setScale(precision, mode).doubleValue());
            case Int _, Value.Bool _ when precision >= 0 -> {
                Int number = new Int(Convert.toLong(input));
                yield mode == RoundingMode.HALF_EVEN ? number : new Real(number.value());
            }
            default -> throw new EvaluationError("cannot round " + Convert.describe(input));
        };
    }

    private static Value sum(Value input, Call call) {
        Value attribute = call.get(0, "attribute", Value.NONE);
        Value total = call.get(1, "start", new Int(0));
        for (Value item : Convert.toList(input)) {
            Value part = attribute == Value.NONE ? item : Attributes.path(item, attribute);
            total = Arithmetic.apply("+", total, part, call.budget());
        }
        return total;
    }
}
