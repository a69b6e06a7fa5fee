package holt.grammar.automaton;

import java.io.ByteArrayOutputStream;

/** A position inside a lexeme, and where the text goes on after it. Equal positions of one {@link Automaton} are the same object. */
public final class Position {
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
        Stack.write(lexeme, state, out);
        return out.toByteArray();
    }
}
