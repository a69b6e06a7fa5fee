package holt.engine.text.constraint;

import holt.grammar.automaton.Lexeme;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the tokens of a vocabulary lead to from a state of a lexeme, whatever follows the lexeme. This is the costly part of a
 * mask; all positions in equal lexemes share it.
 */
final class PathWalk {
    private final Map<Integer, TokenSet> inside = new LinkedHashMap<>(); // by state
    private final List<Exit> exits = new ArrayList<>();
    private final long[] all;

    /** A node of the trie where the lexeme may end. */
    record Exit(int node, int state) {}

    PathWalk(TokenTrie trie, Lexeme lexeme, int start) {
        int[] states = new int[trie.deepest() + 1];
        states[0] = start;
        for (int node = 1; node < trie.end(0); ) {
            int depth = trie.depth(node);
            int state = lexeme.step(states[depth - 1], trie.label(node));
            if (state == Lexeme.REJECT) {
                node = trie.end(node);
                continue;
            }
            states[depth] = state;
            boolean goesOn = lexeme.canGoOn(state);
            if (goesOn && trie.token(node) != TokenTrie.NONE) {
                inside.computeIfAbsent(state, _ -> new TokenSet()).add(trie, node);
            }
            if (lexeme.accepts(state)) {
                exits.add(new Exit(node, state));
            }
            node = goesOn ? node + 1 : trie.end(node);
        }
        all = new long[TokenSet.words(trie.vocabulary())];
        for (TokenSet tokens : inside.values()) {
            tokens.pack(trie.vocabulary()).addTo(all);
        }
    }

    /** The tokens that end inside the lexeme, by the state after them. */
    Map<Integer, TokenSet> inside() {
        return inside;
    }

    List<Exit> exits() {
        return exits;
    }

    /** All tokens that end inside the lexeme, a bit for each. Not to be changed. */
    long[] all() {
        return all;
    }
}
