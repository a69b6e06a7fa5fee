package holt.engine.template.builtin;

import holt.engine.template.value.Arithmetic;
import holt.engine.template.value.Call;
import holt.engine.template.value.Comparison;
import holt.engine.template.value.Convert;
import holt.engine.template.value.Printer;
import holt.engine.template.value.PythonText;
import holt.engine.template.value.Value;
import holt.engine.template.value.Value.Bool;
import holt.engine.template.value.Value.Dict;
import holt.engine.template.value.Value.Int;
import holt.engine.template.value.Value.None;
import holt.engine.template.value.Value.Real;
import holt.engine.template.value.Value.Sequence;
import holt.engine.template.value.Value.Str;
import holt.engine.template.value.Value.Undefined;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Every test ({@code x is name}) by name. */
public final class Tests {
    private static final Map<String, Builtin> BY_NAME = new HashMap<>();

    static {
        plain("defined", value -> !(value instanceof Undefined));
        plain("undefined", Undefined.class::isInstance);
        plain("none", None.class::isInstance);
        plain("string", Str.class::isInstance);
        plain("mapping", Dict.class::isInstance);
        plain("boolean", Bool.class::isInstance);
        plain("integer", Int.class::isInstance);
        plain("float", Real.class::isInstance);
        plain("number", Arithmetic::isNumber);
        plain("true", value -> value.equals(Value.TRUE));
        plain("false", value -> value.equals(Value.FALSE));
        plain("callable", value -> value instanceof Value.Callable || value instanceof Undefined);
        plain("iterable", Tests::hasItems);
        plain("sequence", Tests::hasItems);
        add("odd", (value, call) -> Value.of(remainder(value, 2, call) == 1));
        add("even", (value, call) -> Value.of(remainder(value, 2, call) == 0));
        add("lower", (value, call) -> Value.of(isCased(value, PythonText::lower, call)));
        add("upper", (value, call) -> Value.of(isCased(value, PythonText::upper, call)));
        add(
                "divisibleby",
                (value, call) ->
                        Value.of(
                                remainder(value, Convert.toLong(call.require(0, "num")), call)
                                        == 0),
                "num");
        add("sameas", (value, call) -> Value.of(same(value, call.require(0, "other"))), "other");
        add("in", (value, call) -> compare("in", value, call.require(0, "seq"), call), "seq");
        comparison("==", "equalto", "eq");
        comparison("!=", "ne");
        comparison("<", "lt", "lessthan");
        comparison("<=", "le");
        comparison(">", "gt", "greaterthan");
        comparison(">=", "ge");
    }

    private Tests() {}

    public static @Nullable Builtin find(String name) {
        return BY_NAME.get(name);
    }

    private static void add(String name, Builtin.Body body, String... parameters) {
        BY_NAME.put(name, new Builtin(name, body, parameters));
    }

    private static void plain(String name, Predicate<Value> test) {
        add(name, (value, _) -> Value.of(test.test(value)));
    }

    private static void comparison(String operator, String... otherNames) {
        Builtin.Body body =
                (value, call) -> compare(operator, value, call.require(0, "other"), call);
        add(operator, body, "other");
        for (String name : otherNames) {
            add(name, body, "other");
        }
    }

    private static Value compare(String operator, Value left, Value right, Call call) {
        return Value.of(Comparison.test(operator, left, right, call.budget()));
    }

    private static boolean hasItems(Value value) {
        return value instanceof Str
                || value instanceof Sequence
                || value instanceof Dict
                || value instanceof Undefined;
    }

    private static double remainder(Value value, long divisor, Call call) {
        return Arithmetic.toDouble(Arithmetic.apply("%", value, new Int(divisor), call.budget()));
    }

    private static boolean isCased(Value value, UnaryOperator<String> change, Call call) {
        String text = Printer.text(value, call.budget());
        boolean cased = !PythonText.lower(text).equals(PythonText.upper(text));
        return cased && text.equals(change.apply(text));
    }

    /** Identity, as far as a template can tell: one and the same object, or equal None, booleans, numbers and strings. */
    private static boolean same(Value a, Value b) {
        return a == b || (!(a instanceof Sequence) && !(a instanceof Dict) && a.equals(b));
    }
}
