package holt.engine.text.constraint;

import holt.grammar.automaton.Automaton;
import holt.grammar.automaton.Grammar;
import holt.grammar.automaton.Stack.Position;
import holt.grammar.automaton.State;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One text that grows within a grammar. Only the engine's thread uses it, after it was made. */
public final class ConstrainedText {
    private final Grammar grammar;
    private final TokenMasks masks;
    private final Set<Long> endTokens;
    private final long[] mask;
    private TokenMasks.@Nullable Followed followed;
    private @Nullable State state;

    ConstrainedText(Grammar grammar, TokenMasks masks, Set<Long> endTokens) {
        this.grammar = grammar;
        this.masks = masks;
        this.endTokens = endTokens;
        this.mask = new long[masks.words()];
    }

    /**
     * The tokens that can follow, a bit for each. If possible, all of them leave a text that the remaining tokens can close.
     * Otherwise all of them bring the end nearer.
     *
     * @param remaining the number of tokens that may still follow, at least 1, end tokens included
     * @return not to be kept or changed
     * @throws IllegalStateException if no token can follow, because the vocabulary cannot spell the text
     */
    public long[] allowed(int remaining) {
        TokenMasks.Followed grammars = followed();
        State at = state();
        Arrays.fill(mask, 0);
        int most = remaining - 1;
        int cost = -1;
        for (Position position : at.positions()) {
            PositionMask possible = masks.mask(position, grammars.automaton());
            if (masks.spellsAllBytes() && possible.farthest() < most) {
                possible.addTo(mask);
                continue;
            }
            cost = cost < 0 ? grammars.cost().of(at) : cost;
            if (cost >= ClosingCost.NEVER) {
                possible.addTo(mask);
            } else {
                possible.addTo(mask, Math.max(most, cost - 1), grammars.cost());
            }
        }
        if (at.isComplete()) {
            endTokens.forEach(token -> mask[(int) (token >> 6)] |= 1L << token);
        }
        if (Arrays.stream(mask).allMatch(word -> word == 0)) {
            throw new IllegalStateException("no token can follow the constrained text");
        }
        return mask;
    }

    /** Appends a token that was allowed, but no end token. */
    public void append(int token) {
        Automaton automaton = followed().automaton();
        State at = state();
        for (byte octet : masks.bytes(token)) {
            at = automaton.next(at, Byte.toUnsignedInt(octet));
        }
        state = at;
    }

    /** Whether the text is complete and nothing can follow it. */
    public boolean hasEnded() {
        return state().isComplete() && !state().canGoOn();
    }

    private TokenMasks.Followed followed() {
        if (followed == null) {
            followed = masks.follow(grammar);
        }
        return followed;
    }

    private State state() {
        if (state == null) {
            state = followed().automaton().start();
        }
        return state;
    }
}
