package holt.engine.template.value;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The evaluated arguments of a call, a filter or a test, and the budget that pays for it. */
public record Call(List<Value> positional, Map<String, Value> named, Budget budget) {

    /** A function that takes its arguments as a call. */
    public static Value.Callable function(Function<Call, Value> body) {
        return (positional, named, budget) -> body.apply(new Call(positional, named, budget));
    }

    /** The argument at a position or with a name, or else the fallback. */
    public Value get(int position, String name, Value fallback) {
        return position < positional.size()
                ? positional.get(position)
                : named.getOrDefault(name, fallback);
    }

    public boolean has(int position, String name) {
        return position < positional.size() || named.containsKey(name);
    }

    public Value require(int position, String name) {
        if (!has(position, name)) {
            throw new EvaluationError("missing argument '" + name + "'");
        }
        return get(position, name, Value.NONE);
    }

    public String text(int position, String name) {
        return Convert.toText(require(position, name));
    }

    public String text(int position, String name, String fallback) {
        return has(position, name) ? text(position, name) : fallback;
    }

    public long integer(int position, String name, long fallback) {
        return has(position, name) ? Convert.toLong(require(position, name)) : fallback;
    }

    public boolean flag(int position, String name, boolean fallback) {
        return has(position, name) ? require(position, name).truthy() : fallback;
    }

    public Call without(int leading) {
        return new Call(positional.subList(leading, positional.size()), named, budget);
    }
}
