package holt.grammar.automaton;

/** A part of a grammar that others call, also from within itself. It has no edge at its end. */
public final class Rule {
    private final String pointer;
    private final Node start = new Node();
    private final Node end = new Node();

    /** @param pointer the part of the schema that it comes from, for refusals */
    public Rule(String pointer) {
        this.pointer = pointer;
    }

    /** A rule of one lexeme. */
    public static Rule of(String pointer, Lexeme lexeme) {
        Rule rule = new Rule(pointer);
        rule.start.write(lexeme, rule.end);
        return rule;
    }

    public Node start() {
        return start;
    }

    public Node end() {
        return end;
    }

    String pointer() {
        return pointer;
    }
}
