package holt.grammar.schema;

import holt.grammar.automaton.Lexeme;
import holt.grammar.refusal.Budget;
import holt.grammar.regex.Dfas;
import holt.grammar.regex.ParseRegex;

/** Whitespace between the tokens of JSON. It is bounded, so a model cannot write it for ever. */
final class Whitespace {
    /** After a colon. */
    static final Lexeme SPACE = of(" ?");

    /** After a comma, and inside brackets that are not empty: nothing, a space, or a new line with its indentation. */
    static final Lexeme LINE = of("( |\\n {0,20}|\\n\\t{0,10})?");

    private Whitespace() {}

    private static Lexeme of(String expression) {
        return Dfas.of(ParseRegex.whole(expression, ""), new Budget());
    }
}
