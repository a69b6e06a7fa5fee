package holt.engine.template.builtin;

import holt.engine.template.value.Budget;
import holt.engine.template.value.Call;
import holt.engine.template.value.Convert;
import holt.engine.template.value.EvaluationError;
import holt.engine.template.value.Namespace;
import holt.engine.template.value.Printer;
import holt.engine.template.value.Value;
import holt.engine.template.value.Value.Dict;
import holt.engine.template.value.Value.Int;
import holt.engine.template.value.Value.ListOf;
import holt.engine.template.value.Value.Str;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functions that every template can call. */
public final class Globals {
    private static final int MAX_RANGE = 100_000;

    private Globals() {}

    public static Map<String, Value> functions(Clock clock) {
        return Map.of(
                "range", Call.function(Globals::range),
                "dict", Call.function(call -> new Dict(dictEntries(call))),
                "namespace", Call.function(Globals::namespace),
                "raise_exception", Call.function(Globals::raiseException),
                "strftime_now",
                        Call.function(call ->
                                new Str(
                                        Strftime.format(
                                                call.text(0, "format"),
                                                ZonedDateTime.now(clock)))));
    }

    private static Value range(Call call) {
        int arguments = call.positional().size();
        long start = arguments < 2 ? 0 : call.integer(0, "start", 0);
        long stop = Convert.toLong(call.require(arguments < 2 ? 0 : 1, "stop"));
        long step = call.integer(2, "step", 1);
        if (step == 0) {
            throw new EvaluationError("range() step must not be zero");
        }
        List<Value> numbers = new ArrayList<>();
        for (long number = start;
                step > 0 ? number < stop : number > stop;
                number = Math.addExact(number, step)) {
            if (numbers.size() == MAX_RANGE) {
                throw new EvaluationError("a range has at most " + MAX_RANGE + " items");
            }
            call.budget().spend(Budget.ITEM);
            numbers.add(new Int(number));
        }
        return new ListOf(numbers);
    }

    private static Map<Value, Value> dictEntries(Call call) {
        Map<Value, Value> entries = new LinkedHashMap<>();
        if (!call.positional().isEmpty()) {
            entries.putAll(CollectionMethods.entries(call.positional().getFirst()));
        }
        call.named().forEach((name, value) -> entries.put(new Str(name), value));
        return entries;
    }

    private static Value namespace(Call call) {
        Namespace namespace = new Namespace();
        dictEntries(call).forEach((name, value) -> namespace.set(Convert.toText(name), value));
        return namespace;
    }

    private static Value raiseException(Call call) {
        throw EvaluationError.raisedByTemplate(
                Printer.text(call.require(0, "message"), call.budget()));
    }
}
