package holt.engine.template.value;

import holt.engine.template.value.Value.Bool;
import holt.engine.template.value.Value.Int;
import holt.engine.template.value.Value.ListOf;
import holt.engine.template.value.Value.Real;
import holt.engine.template.value.Value.Str;
import holt.engine.template.value.Value.TupleOf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Python's arithmetic. Integers have 64 bits; a larger result is an error. */
public final class Arithmetic {
    private Arithmetic() {}

    public static Value apply(String operator, Value left, Value right, Budget budget) {
        budget.spend(left.cost() + right.cost());
        try {
            if (isInteger(left) && isInteger(right)) {
                return integers(operator, Convert.toLong(left), Convert.toLong(right));
            }
            if (isNumber(left) && isNumber(right)) {
                return new Real(reals(operator, toDouble(left), toDouble(right)));
            }
        } catch (ArithmeticException e) {
            throw new EvaluationError("a number is too large");
        }
        if (operator.equals("+")) {
            return join(left, right);
        }
        if (operator.equals("*") && isInteger(right)) {
            return repeat(left, Convert.toLong(right), budget);
        }
        if (operator.equals("*") && isInteger(left)) {
            return repeat(right, Convert.toLong(left), budget);
        }
        throw unsupported(operator, left, right);
    }

    public static Value sign(boolean negative, Value operand) {
        return switch (operand) {
            case Int _, Bool _ -> {
                long number = Convert.toLong(operand);
                yield new Int(negative ? -number : number);
            }
            case Real(double number) -> new Real(negative ? -number : number);
            default ->
                    throw new EvaluationError(
                            "bad operand for a sign: " + Convert.describe(operand));
        };
    }

    public static boolean isInteger(Value value) {
        return value instanceof Int || value instanceof Bool;
    }

    public static boolean isNumber(Value value) {
        return isInteger(value) || value instanceof Real;
    }

    public static double toDouble(Value value) {
        return value instanceof Real(double number) ? number : Convert.toLong(value);
    }

    private static Value integers(String operator, long a, long b) {
        return switch (operator) {
            case "+" -> new Int(Math.addExact(a, b));
            case "-" -> new Int(Math.subtractExact(a, b));
            case "*" -> new Int(Math.multiplyExact(a, b));
            case "/" -> new Real((double) a / nonZero(b));
            case "//" -> new Int(Math.floorDivExact(a, nonZero(b)));
            case "%" -> new Int(Math.floorMod(a, nonZero(b)));
            case "**" -> b >= 0 ? new Int(power(a, b)) : new Real(Math.pow(nonZero(a), b));
            default -> throw new EvaluationError("no operator " + operator);
        };
    }

    private static long power(long base, long exponent) {
        long result = 1;
        long factor = base;
        for (long rest = exponent; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                result = Math.multiplyExact(result, factor);
            }
            if (rest > 1) {
                factor = Math.multiplyExact(factor, factor);
            }
        }
        return result;
    }

    private static double reals(String operator, double a, double b) {
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / nonZero(b);
            case "//" -> Math.floor(a / nonZero(b));
            case "%" -> floorMod(a, nonZero(b));
            case "**" -> Math.pow(a, b);
            default -> throw new EvaluationError("no operator " + operator);
        };
    }

    /** The remainder with the sign of the divisor. */
    private static double floorMod(double a, double b) {
        double remainder = a % b;
        return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder;
    }

    private static long nonZero(long divisor) {
        if (divisor == 0) {
            throw new EvaluationError("division by zero");
        }
        return divisor;
    }

    private static double nonZero(double divisor) {
        if (divisor == 0) {
            throw new EvaluationError("division by zero");
        }
        return divisor;
    }

    private static Value join(Value left, Value right) {
        if (left instanceof Str(String a) && right instanceof Str(String b)) {
            return new Str(a + b);
        }
        if (left instanceof ListOf(List<Value> a) && right instanceof ListOf(List<Value> b)) {
            return new ListOf(joined(a, b));
        }
        if (left instanceof TupleOf(List<Value> a) && right instanceof TupleOf(List<Value> b)) {
            return new TupleOf(joined(a, b));
        }
        throw unsupported("+", left, right);
    }

    private static List<Value> joined(List<Value> a, List<Value> b) {
        List<Value> items = new ArrayList<>(a);
        items.addAll(b);
        return items;
    }

    private static Value repeat(Value value, long times, Budget budget) {
        int count = (int) Math.clamp(times, 0, Integer.MAX_VALUE);
        budget.spend(count * value.cost());
        return switch (value) {
            case Str(String text) -> new Str(text.repeat(text.isEmpty() ? 0 : count));
            case ListOf(List<Value> items) -> new ListOf(repeated(items, count));
            case TupleOf(List<Value> items) -> new TupleOf(repeated(items, count));
            default -> throw unsupported("*", value, new Int(times));
        };
    }

    private static List<Value> repeated(List<Value> items, int count) {
        return items.isEmpty()
                ? items
                : Collections.nCopies(count, items).stream().flatMap(List::stream).toList();
    }

    private static EvaluationError unsupported(String operator, Value left, Value right) {
        return new EvaluationError(
                "cannot apply "
                        + operator
                        + " to "
                        + Convert.describe(left)
                        + " and "
                        + Convert.describe(right));
    }
}
