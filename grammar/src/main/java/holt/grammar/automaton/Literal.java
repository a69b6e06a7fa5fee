package holt.grammar.automaton;

import java.nio.charset.StandardCharsets;

/** One text. The state is the number of bytes so far. */
public final class Literal implements Lexeme {
    private final byte[] bytes;

    /** @param text not empty */
    public Literal(String text) {
        bytes = text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int step(int state, int octet) {
        return state < bytes.length && Byte.toUnsignedInt(bytes[state]) == octet
                ? state + 1
                : REJECT;
    }

    @Override
    public boolean accepts(int state) {
        return state == bytes.length;
    }

    @Override
    public boolean canGoOn(int state) {
        return state < bytes.length;
    }

    @Override
    public int distance(int state) {
        return bytes.length - state;
    }

    @Override
    public int nearer(int state) {
        return Byte.toUnsignedInt(bytes[state]);
    }

    @Override
    public boolean endsByItself() {
        return true;
    }
}
