package holt.engine.template;

import holt.engine.template.Value.Callable;
import holt.engine.template.Value.Dict;
import holt.engine.template.Value.Int;
import holt.engine.template.Value.ListOf;
import holt.engine.template.Value.Str;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functions every template can call. */
final class Globals {
    private static final int MAX_RANGE = 100_000;

    private Globals() {}

    static Map<String, Value> functions(Clock clock) {
        return Map.of(
                "range", (Callable) Globals::range,
                "dict", (Callable) call -> new Dict(dictEntries(call)),
                "namespace", (Callable) Globals::namespace,
                "raise_exception", (Callable) Globals::raiseException,
                "strftime_now",
                        (Callable)
                                call ->
                                        new Str(
                                                Strftime.format(
                                                        call.text(0, "format"),
                                                        ZonedDateTime.now(clock))));
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
        dictEntries(call)
                .forEach((name, value) -> namespace.attributes.put(Convert.toText(name), value));
        return namespace;
    }

    private static Value raiseException(Call call) {
        throw EvaluationError.raisedByTemplate(
                Printer.text(call.require(0, "message"), call.budget()));
    }
}
