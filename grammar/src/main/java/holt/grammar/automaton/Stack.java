package holt.grammar.automaton;

import holt.grammar.automaton.Rule.Node;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a text goes on: at a node, and after the end of its rule further below. Equal stacks of one {@link Automaton} are the
 * same object.
 */
public final class Stack {
    final Node node;
    final @Nullable Stack below; // null for the end of the root rule
    private final int distance;
    private final Map<Node, Stack> above = new HashMap<>();
    private final Map<Place, Position> positions = new HashMap<>();
    private byte @Nullable [] shortest;

    private record Place(Lexeme lexeme, int state) {}

    Stack(Node node, @Nullable Stack below) {
        this.node = node;
        this.below = below;
        this.distance = node.distance + (below == null ? 0 : below.distance);
    }

    Stack push(Node next) {
        return above.computeIfAbsent(next, each -> new Stack(each, this));
    }

    /** The position inside a lexeme, after which the text goes on here. */
    public Position in(Lexeme lexeme, int state) {
        return positions.computeIfAbsent(
                new Place(lexeme, state), place -> new Position(place.lexeme, place.state, this));
    }

    /** The number of bytes of the shortest text to the end. */
    public int distance() {
        return distance;
    }

    /** The shortest text to the end. */
    public byte[] shortest() {
        if (shortest == null) {
            var out = new ByteArrayOutputStream();
            write(node, out);
            if (below != null) {
                out.writeBytes(below.shortest());
            }
            shortest = out.toByteArray();
        }
        return shortest;
    }

    private static void write(Node from, ByteArrayOutputStream out) {
        Node at = from;
        while (at.nearer != null) {
            Node.Edge edge = at.nearer;
            switch (edge) {
                case Node.Edge.Silent _ -> {}
                case Node.Edge.Word word -> write(word.lexeme(), Lexeme.START, out);
                case Node.Edge.Call call -> write(call.rule().start(), out);
            }
            at = edge.to();
        }
    }

    static void write(Lexeme lexeme, int from, ByteArrayOutputStream out) {
        int state = from;
        while (lexeme.distance(state) > 0) {
            int octet = lexeme.nearer(state);
            out.write(octet);
            state = lexeme.step(state, octet);
        }
    }

    /**
     * A position inside a lexeme, and where the text goes on after it. Equal positions of one {@link Automaton} are the same
     * object.
     */
    public static final class Position {
        private final Lexeme lexeme;
        private final int state;
        private final Stack stack;

        Position(Lexeme lexeme, int state, Stack stack) {
            this.lexeme = lexeme;
            this.state = state;
            this.stack = stack;
        }

        public Lexeme lexeme() {
            return lexeme;
        }

        public int state() {
            return state;
        }

        /** Where the text goes on after the lexeme. */
        public Stack stack() {
            return stack;
        }

        /** The number of bytes of the shortest text to the end. */
        public int distance() {
            return lexeme.distance(state) + stack.distance();
        }

        /** The shortest text to the end of the lexeme. */
        public byte[] shortest() {
            var out = new ByteArrayOutputStream();
            write(lexeme, state, out);
            return out.toByteArray();
        }
    }
}
