package holt.grammar.automaton;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** A place in a rule. Mutable until the {@link Grammar} is made. */
    public static final class Node {
        /** Longer texts are as good as none: a schema can ask for exponentially long ones. */
        static final int FAR = 1 << 17;

        /** What leads from one node to another. */
        sealed interface Edge {
            Node to();

            /** Nothing is written. */
            record Silent(Node to) implements Edge {}

            /** A lexeme is written. */
            record Word(Lexeme lexeme, Node to) implements Edge {}

            /** The text of a rule is written. */
            record Call(Rule rule, Node to) implements Edge {}

            /** The fewest bytes to the end of the rule with this edge. */
            default int distance() {
                int own =
                        switch (this) {
                            case Silent _ -> 0;
                            case Word word -> word.lexeme.distance(Lexeme.START);
                            case Call call -> call.rule.start().distance;
                        };
                return Math.min(FAR, own + to().distance);
            }
        }

        private final List<Edge> edges = new ArrayList<>(2);
        int distance = FAR; // bytes to the end of the rule
        @Nullable Edge nearer; // the first edge with that distance

        /** Goes on at another node. */
        public void skipTo(Node to) {
            edges.add(new Edge.Silent(to));
        }

        /** Writes a lexeme, then goes on at another node. */
        public void write(Lexeme lexeme, Node to) {
            edges.add(new Edge.Word(lexeme, to));
        }

        /** Writes a lexeme. Returns the node after it. */
        public Node write(Lexeme lexeme) {
            Node to = new Node();
            write(lexeme, to);
            return to;
        }

        /** Writes the text of a rule, then goes on at another node. */
        public void call(Rule rule, Node to) {
            edges.add(new Edge.Call(rule, to));
        }

        /** Writes the text of a rule. Returns the node after it. */
        public Node call(Rule rule) {
            Node to = new Node();
            call(rule, to);
            return to;
        }

        List<Edge> edges() {
            return edges;
        }
    }
}
