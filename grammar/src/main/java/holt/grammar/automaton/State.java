package holt.grammar.automaton;

import holt.grammar.automaton.Rule.Node;
import holt.grammar.automaton.Stack.Position;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All positions that a text may be at. Equal states of one {@link Automaton} are the same object. */
public final class State {
    private final List<Position> positions;
    private final boolean complete;
    final Map<Integer, State> next = new HashMap<>(4); // by byte, as far as known

    State(List<Position> positions, boolean complete) {
        this.positions = positions;
        this.complete = complete;
    }

    /** The positions where more text can follow. */
    public List<Position> positions() {
        return positions;
    }

    /** Whether the text is valid as it is. */
    public boolean isComplete() {
        return complete;
    }

    /** Whether more text can follow. */
    public boolean canGoOn() {
        return !positions.isEmpty();
    }

    /** Whether no valid text begins with this one. */
    public boolean isDead() {
        return !complete && positions.isEmpty();
    }

    /** The number of bytes of the shortest text to the end. */
    public int distance() {
        return complete
                ? 0
                : positions.stream().mapToInt(Position::distance).min().orElse(Node.FAR);
    }
}
