package holt.engine.template.value;

import holt.engine.template.value.Value.Dict;
import holt.engine.template.value.Value.ListOf;
import holt.engine.template.value.Value.Sequence;
import holt.engine.template.value.Value.Str;
import holt.engine.template.value.Value.TupleOf;
import holt.engine.template.value.Value.Undefined;
import java.util.List;
import java.util.Map;

/** Python's {@code ==}, ordering and {@code in}. */
public final class Comparison {
    private Comparison() {}

    public static boolean test(String operator, Value left, Value right, Budget budget) {
        return switch (operator) {
            case "==" -> equal(left, right, budget);
            case "!=" -> !equal(left, right, budget);
            case "<" -> order(left, right, budget) < 0;
            case "<=" -> order(left, right, budget) <= 0;
            case ">" -> order(left, right, budget) > 0;
            case ">=" -> order(left, right, budget) >= 0;
            case "in" -> contains(right, left, budget);
            case "not in" -> !contains(right, left, budget);
            default -> throw new EvaluationError("no comparison " + operator);
        };
    }

    public static boolean equal(Value left, Value right, Budget budget) {
        budget.enter();
        budget.spend(Math.min(left.cost(), right.cost()));
        boolean equal = equalKinds(left, right, budget);
        budget.exit();
        return equal;
    }

    private static boolean equalKinds(Value left, Value right, Budget budget) {
        if (Arithmetic.isInteger(left) && Arithmetic.isInteger(right)) {
            return Convert.toLong(left) == Convert.toLong(right);
        }
        if (Arithmetic.isNumber(left) && Arithmetic.isNumber(right)) {
            return Arithmetic.toDouble(left) == Arithmetic.toDouble(right);
        }
        if (left instanceof ListOf(List<Value> a) && right instanceof ListOf(List<Value> b)) {
            return equalItems(a, b, budget);
        }
        if (left instanceof TupleOf(List<Value> a) && right instanceof TupleOf(List<Value> b)) {
            return equalItems(a, b, budget);
        }
        if (left instanceof Dict(Map<Value, Value> a)
                && right instanceof Dict(Map<Value, Value> b)) {
            return a.size() == b.size()
                    && a.entrySet().stream()
                            .allMatch(e ->
                                    b.containsKey(e.getKey())
                                            && equal(e.getValue(), b.get(e.getKey()), budget));
        }
        if (left instanceof Undefined && right instanceof Undefined) {
            return true;
        }
        return left instanceof Str(String a) && right instanceof Str(String b)
                ? a.equals(b)
                : left == right;
    }

    private static boolean equalItems(List<Value> a, List<Value> b, Budget budget) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!equal(a.get(i), b.get(i), budget)) {
                return false;
            }
        }
        return true;
    }

    /** Negative, zero or positive; strings by code points, sequences item by item, anything mixed is an error. */
    public static int order(Value left, Value right, Budget budget) {
        budget.spend(Math.min(left.cost(), right.cost()));
        if (Arithmetic.isInteger(left) && Arithmetic.isInteger(right)) {
            return Long.compare(Convert.toLong(left), Convert.toLong(right));
        }
        if (Arithmetic.isNumber(left) && Arithmetic.isNumber(right)) {
            return Double.compare(Arithmetic.toDouble(left), Arithmetic.toDouble(right));
        }
        if (left instanceof Str(String a) && right instanceof Str(String b)) {
            return orderText(a, b);
        }
        if (left instanceof Sequence a
                && right instanceof Sequence b
                && left.getClass() == right.getClass()) {
            return orderItems(a.items(), b.items(), budget);
        }
        throw new EvaluationError(
                "cannot compare " + Convert.describe(left) + " with " + Convert.describe(right));
    }

    private static int orderText(String a, String b) {
        int same = 0;
        int shorter = Math.min(a.length(), b.length());
        while (same < shorter && a.charAt(same) == b.charAt(same)) {
            same++;
        }
        if (same == shorter) {
            return Integer.compare(a.length(), b.length());
        }
        char x = a.charAt(same);
        char y = b.charAt(same);
        boolean bothOrNeither = Character.isSurrogate(x) == Character.isSurrogate(y);
        return bothOrNeither ? Character.compare(x, y) : Character.isSurrogate(x) ? 1 : -1;
    }

    private static int orderItems(List<Value> a, List<Value> b, Budget budget) {
        budget.enter();
        int order = Integer.compare(a.size(), b.size());
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            if (!equal(a.get(i), b.get(i), budget)) {
                order = order(a.get(i), b.get(i), budget);
                break;
            }
        }
        budget.exit();
        return order;
    }

    private static boolean contains(Value container, Value item, Budget budget) {
        budget.spend(container.cost());
        return switch (container) {
            case Str(String text) -> text.contains(Convert.toText(item));
            case Dict(Map<Value, Value> entries) -> entries.containsKey(Convert.toKey(item));
            default ->
                    Convert.toList(container).stream()
                            .anyMatch(candidate -> equal(candidate, item, budget));
        };
    }
}
