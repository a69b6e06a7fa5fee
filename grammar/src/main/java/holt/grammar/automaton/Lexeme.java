package holt.grammar.automaton;

/** A deterministic automaton over bytes, without dead states. Immutable. */
public interface Lexeme {
    int START = 0;
    int REJECT = -1;

    /** The state after a byte, from 0 to 255; {@link #REJECT} if no text goes on with it. */
    int step(int state, int octet);

    boolean accepts(int state);

    /** Whether any byte can follow. */
    boolean canGoOn(int state);

    /** Whether nothing can follow an accepted text. */
    boolean endsByItself();

    /** The number of bytes to the nearest accepting state. */
    int distance(int state);

    /** A byte that leads nearer to the nearest accepting state. Call it only if the distance is not 0. */
    int nearer(int state);

    /** The lexeme whose paths from {@link #pathStart} can be kept for all lexemes of this kind. */
    default Lexeme paths() {
        return this;
    }

    /** The state of {@link #paths} where the paths of a state begin. */
    default int pathStart(int state) {
        return state;
    }

    /**
     * The state that a path leads to from this state.
     *
     * @param path a state of {@link #paths} that can be reached from {@code pathStart(state)}
     * @return {@link #REJECT} if this lexeme does not have the path
     */
    default int follow(int state, int path) {
        return path;
    }
}
