package holt.engine.template;

import java.util.List;
import java.util.Map;

/** Evaluated arguments of a call, a filter or a test, and the budget they run under. */
record Call(List<Value> positional, Map<String, Value> named, Budget budget) {

    /** The argument at a position or of a name, else the fallback. */
    Value get(int position, String name, Value fallback) {
        return position < positional.size()
                ? positional.get(position)
                : named.getOrDefault(name, fallback);
    }

    boolean has(int position, String name) {
        return position < positional.size() || named.containsKey(name);
    }

    Value require(int position, String name) {
        if (!has(position, name)) {
            throw new EvaluationError("missing argument '" + name + "'");
        }
        return get(position, name, Value.NONE);
    }

    String text(int position, String name) {
        return Convert.toText(require(position, name));
    }

    String text(int position, String name, String fallback) {
        return has(position, name) ? text(position, name) : fallback;
    }

    long integer(int position, String name, long fallback) {
        return has(position, name) ? Convert.toLong(require(position, name)) : fallback;
    }

    boolean flag(int position, String name, boolean fallback) {
        return has(position, name) ? require(position, name).truthy() : fallback;
    }

    Call without(int leading) {
        return new Call(positional.subList(leading, positional.size()), named, budget);
    }
}
