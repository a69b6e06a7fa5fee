package holt.grammar.automaton;

import holt.grammar.automaton.Rule.Node;
import holt.grammar.automaton.Stack.Position;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Follows texts through a grammar and remembers the states that it found. Used by one thread at a time. */
public final class Automaton {
    private final Stack bottom;
    private final State start;
    private final Map<Key, State> states = new HashMap<>();

    private record Key(Set<Position> positions, boolean complete) {}

    private record Visit(Node node, Stack below) {}

    public Automaton(Grammar grammar) {
        Rule root = grammar.root();
        bottom = new Stack(root.end(), null);
        var closure = new Closure();
        closure.visit(root.start(), bottom);
        start = closure.state();
    }

    /** Before the first byte. */
    public State start() {
        return start;
    }

    /** The number of states so far. */
    public int size() {
        return states.size();
    }

    /** The state after a byte, from 0 to 255. */
    public State next(State state, int octet) {
        State known = state.next.get(octet);
        if (known == null) {
            var closure = new Closure();
            for (Position position : state.positions()) {
                int to = position.lexeme().step(position.state(), octet);
                if (to != Lexeme.REJECT) {
                    closure.arrive(position.lexeme(), to, position.stack());
                }
            }
            known = closure.state();
            state.next.put(octet, known);
        }
        return known;
    }

    /** The state after a lexeme, where the text goes on. */
    public State after(Stack stack) {
        var closure = new Closure();
        closure.visitTop(stack);
        return closure.state();
    }

    /** The state after a text. */
    public State after(String text) {
        State state = start;
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            state = next(state, Byte.toUnsignedInt(octet));
        }
        return state;
    }

    /** Collects the positions that are reached without a byte. */
    private final class Closure {
        private final Set<Position> positions = new LinkedHashSet<>();
        private final Set<Visit> visited = new HashSet<>();
        private boolean complete;

        State state() {
            return states.computeIfAbsent(
                    new Key(positions, complete),
                    key -> new State(new ArrayList<>(key.positions), key.complete));
        }

        void arrive(Lexeme lexeme, int state, Stack stack) {
            if (lexeme.canGoOn(state)) {
                positions.add(stack.in(lexeme, state));
            }
            if (lexeme.accepts(state)) {
                visitTop(stack);
            }
        }

        void visitTop(Stack stack) {
            if (stack.below == null) {
                complete = true;
            } else {
                visit(stack.node, stack.below);
            }
        }

        /** @param below where the text goes on after the end of the node's rule */
        void visit(Node node, Stack below) {
            if (!visited.add(new Visit(node, below))) {
                return;
            }
            if (node.edges().isEmpty()) {
                visitTop(below);
                return;
            }
            for (Node.Edge edge : node.edges()) {
                if (edge.distance() >= Node.FAR) {
                    continue; // no finite text has it
                }
                switch (edge) {
                    case Node.Edge.Silent silent -> visit(silent.to(), below);
                    case Node.Edge.Word word ->
                            arrive(word.lexeme(), Lexeme.START, below(word.to(), below));
                    case Node.Edge.Call call -> visit(call.rule().start(), below(call.to(), below));
                }
            }
        }

        /** A stack does not grow by the ends of rules, so that lists that are written by recursion need no memory. */
        private Stack below(Node next, Stack below) {
            return next.edges().isEmpty() ? below : below.push(next);
        }
    }
}
