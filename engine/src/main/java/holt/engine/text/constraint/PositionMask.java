package holt.engine.text.constraint;

import holt.grammar.automaton.Automaton;
import holt.grammar.automaton.Lexeme;
import holt.grammar.automaton.Stack.Position;
import holt.grammar.automaton.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tokens that can follow at one position of a text, by where they lead to. */
final class PositionMask {
    private final List<Inside> inside = new ArrayList<>();
    private final Map<State, TokenSet> outside = new LinkedHashMap<>();
    private final long[] all; // that end inside the lexeme
    private final int farthest;

    private record Inside(Position to, TokenSet tokens) {}

    PositionMask(Position position, PathWalk walk, TokenTrie trie, Automaton automaton) {
        Lexeme lexeme = position.lexeme();
        walk.inside()
                .forEach((path, tokens) -> {
                    int to = lexeme.follow(position.state(), path);
                    if (to != Lexeme.REJECT) {
                        inside.add(new Inside(position.stack().in(lexeme, to), tokens));
                    }
                });
        if (inside.size() == walk.inside().size()) {
            all = walk.all();
        } else {
            all = new long[TokenSet.words(trie.vocabulary())];
            inside.forEach(each -> each.tokens.addTo(all));
        }
        State after = automaton.after(position.stack());
        for (PathWalk.Exit exit : walk.exits()) {
            if (lexeme.follow(position.state(), exit.state()) != Lexeme.REJECT) {
                walkOutside(after, exit.node(), trie, automaton);
            }
        }
        outside.values().forEach(tokens -> tokens.pack(trie.vocabulary()));
        farthest =
                Math.max(
                        inside.stream().mapToInt(each -> each.to.distance()).max().orElse(0),
                        outside.keySet().stream().mapToInt(State::distance).max().orElse(0));
    }

    /** Adds the tokens that begin with a node's bytes, after which the text is in a state. */
    private void walkOutside(State after, int root, TokenTrie trie, Automaton automaton) {
        int top = trie.depth(root);
        State[] states = new State[trie.deepest() + 1 - top];
        states[0] = after;
        add(after, root, trie);
        for (int node = root + 1; node < trie.end(root); ) {
            int depth = trie.depth(node) - top;
            State state = automaton.next(states[depth - 1], trie.label(node));
            states[depth] = state;
            if (state.isDead()) {
                node = trie.end(node);
            } else {
                add(state, node, trie);
                node++;
            }
        }
    }

    private void add(State state, int node, TokenTrie trie) {
        if (trie.token(node) != TokenTrie.NONE) {
            outside.computeIfAbsent(state, _ -> new TokenSet()).add(trie, node);
        }
    }

    /** The most bytes of a shortest text to the end, after any of the tokens. */
    int farthest() {
        return farthest;
    }

    /** Adds all tokens to a mask. */
    void addTo(long[] mask) {
        for (int i = 0; i < mask.length; i++) {
            mask[i] |= all[i];
        }
        outside.values().forEach(tokens -> tokens.addTo(mask));
    }

    /** Adds the tokens after which a number of tokens can close the text. */
    void addTo(long[] mask, int most, ClosingCost cost) {
        for (Inside each : inside) {
            if (cost.isAtMost(each.to, most)) {
                each.tokens.addTo(mask);
            }
        }
        outside.forEach((state, tokens) -> {
            if (cost.isAtMost(state, most)) {
                tokens.addTo(mask);
            }
        });
    }
}
