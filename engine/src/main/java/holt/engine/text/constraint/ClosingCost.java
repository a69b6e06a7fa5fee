package holt.engine.text.constraint;

import holt.grammar.automaton.Stack;
import holt.grammar.automaton.Stack.Position;
import holt.grammar.automaton.State;
import java.util.Arrays;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * How many tokens close a text: the fewest that spell the shortest text to the end. Another text may take fewer, so this is a
 * bound. It falls by 1 with the first of these tokens, so a text can always be closed within it.
 */
final class ClosingCost {
    /** In place of a cost: the vocabulary cannot spell the shortest text. */
    static final int NEVER = Integer.MAX_VALUE / 2;

    private final TokenTrie trie;
    private final int endTokens;
    private final Map<Stack, int[]> ofStacks = new WeakHashMap<>(); // by place in the shortest text
    private final Map<Position, Integer> ofPositions = new WeakHashMap<>();

    /** @param endTokens 1 if an end token must follow the text, or else 0 */
    ClosingCost(TokenTrie trie, int endTokens) {
        this.trie = trie;
        this.endTokens = endTokens;
    }

    int of(State state) {
        int least = state.isComplete() ? endTokens : NEVER;
        for (Position position : state.positions()) {
            least = Math.min(least, of(position));
        }
        return least;
    }

    /** Most answers need no search: no text needs more tokens than bytes. */
    boolean isAtMost(State state, int most) {
        return (trie.spellsAllBytes() && state.distance() + endTokens <= most) || of(state) <= most;
    }

    boolean isAtMost(Position position, int most) {
        return (trie.spellsAllBytes() && position.distance() + endTokens <= most)
                || of(position) <= most;
    }

    private int of(Position position) {
        return ofPositions.computeIfAbsent(
                position,
                each -> {
                    byte[] rest = each.stack().shortest();
                    byte[] own = each.shortest();
                    byte[] text = Arrays.copyOf(own, own.length + rest.length);
                    System.arraycopy(rest, 0, text, own.length, rest.length);
                    int[] costs = new int[text.length + 1];
                    System.arraycopy(
                            ofStacks.computeIfAbsent(each.stack(), this::costs),
                            0,
                            costs,
                            own.length,
                            rest.length + 1);
                    return fill(text, costs, own.length) + endTokens;
                });
    }

    private int[] costs(Stack stack) {
        byte[] text = stack.shortest();
        int[] costs = new int[text.length + 1];
        fill(text, costs, text.length);
        return costs;
    }

    /** Fills in the costs at the places before {@code known}. Returns the first. */
    private int fill(byte[] text, int[] costs, int known) {
        for (int from = known - 1; from >= 0; from--) {
            int least = NEVER;
            int node = 0;
            for (int to = from; to < text.length; ) {
                node = trie.child(node, Byte.toUnsignedInt(text[to++]));
                if (node == TokenTrie.NONE) {
                    break;
                }
                if (trie.token(node) != TokenTrie.NONE) {
                    least = Math.min(least, costs[to] + 1);
                }
            }
            costs[from] = least;
        }
        return costs[0];
    }
}
