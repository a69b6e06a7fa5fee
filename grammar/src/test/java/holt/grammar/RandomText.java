package holt.grammar;

import holt.grammar.automaton.Automaton;
import holt.grammar.automaton.Grammar;
import holt.grammar.automaton.State;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Writes random texts of a grammar, and asks whether it has a text. */
final class RandomText {
    private RandomText() {}

    static boolean matches(Constraint constraint, String text) {
        return new Automaton(CompileConstraint.compile(constraint)).after(text).isComplete();
    }

    /** Random bytes that the grammar allows; after some, the shortest way to the end. */
    static String of(Grammar grammar, int randomBytes, RandomGenerator random) {
        var automaton = new Automaton(grammar);
        State state = automaton.start();
        var out = new ByteArrayOutputStream();
        while (out.size() < randomBytes && state.canGoOn()) {
            State from = state;
            int[] octets =
                    IntStream.range(0, 256)
                            .filter(octet -> !automaton.next(from, octet).isDead())
                            .toArray();
            if (state.isComplete() && random.nextInt(octets.length + 1) == 0) {
                break;
            }
            int octet = octets[random.nextInt(octets.length)];
            out.write(octet);
            state = automaton.next(state, octet);
        }
        while (!state.isComplete()) {
            int octet = shortest(state, automaton);
            out.write(octet);
            state = automaton.next(state, octet);
        }
        return decoded(out.toByteArray());
    }

    private static int shortest(State state, Automaton automaton) {
        State at = state;
        return IntStream.range(0, 256)
                .boxed()
                .filter(octet -> !automaton.next(at, octet).isDead())
                .min(Comparator.comparing(octet -> automaton.next(at, octet).distance()))
                .orElseThrow();
    }

    private static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new AssertionError("no UTF-8", e);
        }
    }
}
