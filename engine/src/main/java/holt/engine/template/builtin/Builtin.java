package holt.engine.template.builtin;

import holt.engine.template.value.Call;
import holt.engine.template.value.EvaluationError;
import holt.engine.template.value.Value;
import java.util.List;

/** A filter, a test or a method: a function of an input and named parameters. */
public final class Builtin {
    /** The parameter list of a function that checks its arguments itself. */
    static final String ANY = "*";

    @FunctionalInterface
    interface Body {
        public Value apply(Value input, Call call);
    }

    private final String name;
    private final Body body;
    private final List<String> parameters;

    Builtin(String name, Body body, String... parameters) {
        this.name = name;
        this.body = body;
        this.parameters = List.of(parameters);
    }

    String name() {
        return name;
    }

    /** Applies it and spends the cost of the input and the result. */
    public Value apply(Value input, Call call) {
        if (!parameters.contains(ANY)) {
            check(call);
        }
        call.budget().spend(input.cost());
        Value result = body.apply(input, call);
        call.budget().spend(result.cost());
        return result;
    }

    private void check(Call call) {
        if (call.positional().size() > parameters.size()) {
            throw new EvaluationError(name + " takes at most " + parameters.size() + " arguments");
        }
        for (String key : call.named().keySet()) {
            int position = parameters.indexOf(key);
            if (position < 0) {
                throw new EvaluationError(name + " has no parameter '" + key + "'");
            }
            if (position < call.positional().size()) {
                throw new EvaluationError(name + " got parameter '" + key + "' twice");
            }
        }
    }
}
