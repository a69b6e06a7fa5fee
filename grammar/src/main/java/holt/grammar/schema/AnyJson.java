package holt.grammar.schema;

import holt.grammar.automaton.JsonString;
import holt.grammar.automaton.Lexeme;
import holt.grammar.automaton.Literal;
import holt.grammar.automaton.Rule;
import holt.grammar.refusal.Budget;
import holt.grammar.regex.Dfas;
import java.util.List;

/** The rules of JSON without a schema. */
final class AnyJson {
    private static final Lexeme STRING = new JsonString(0, JsonString.UNBOUNDED);
    static final Lexeme NUMBER = Dfas.of(Numbers.any(), new Budget());
    static final Lexeme INTEGER =
            Dfas.of(Numbers.integers(Numbers.MOST.negate(), Numbers.MOST), new Budget());

    private final Rule value = new Rule("");
    private final Rule object = new Rule("");
    private final Rule array = new Rule("");

    AnyJson() {
        Budget budget = new Budget();
        Containers.object(object, List.of(), new Containers.Others(STRING, value), budget);
        Containers.array(array, List.of(), value, 0, -1, budget);
        value.start().call(object, value.end());
        value.start().call(array, value.end());
        for (Lexeme scalar :
                List.of(
                        STRING,
                        NUMBER,
                        new Literal("true"),
                        new Literal("false"),
                        new Literal("null"))) {
            value.start().write(scalar, value.end());
        }
    }

    Rule value() {
        return value;
    }

    Rule object() {
        return object;
    }
}
