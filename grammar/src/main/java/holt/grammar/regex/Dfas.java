package holt.grammar.regex;

import holt.grammar.refusal.Budget;

/** Makes automata from expressions and from each other. */
public final class Dfas {
    private Dfas() {}

    /** The automaton of an expression. */
    public static Dfa of(Regex regex, Budget budget) {
        return new Determinise(new ByteNfa(regex, budget), budget).run();
    }

    /** The automaton of the texts that both accept. */
    public static Dfa both(Dfa a, Dfa b, Budget budget) {
        return new Product(a, b, false, budget).run();
    }

    /** The automaton of the texts that a accepts and b does not. */
    public static Dfa without(Dfa a, Dfa b, Budget budget) {
        return new Product(a, b, true, budget).run();
    }
}
