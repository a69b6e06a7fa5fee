package holt.engine.text.constraint;

import holt.grammar.automaton.Automaton;
import holt.grammar.automaton.Grammar;
import holt.grammar.automaton.Lexeme;
import holt.grammar.automaton.Stack.Position;
import java.util.LinkedHashMap;
import java.util.Map;

/** The masks of a vocabulary that are likely to be needed again. Only the engine's thread uses it. */
final class TokenMasks {
    private static final int MOST_WALKS = 256;
    private static final int MOST_POSITIONS = 1024;
    private static final int MOST_FOLLOWERS = 64;
    private static final int MOST_STATES = 20_000;

    private final TokenTrie trie;
    private final byte[][] bytes;
    private final Map<Path, PathWalk> walks = leastRecentlyUsed(MOST_WALKS);
    private final Map<Position, PositionMask> positions = leastRecentlyUsed(MOST_POSITIONS);
    private final Map<Grammar, Followed> followed = leastRecentlyUsed(MOST_FOLLOWERS);

    private record Path(Lexeme lexeme, int start) {}

    /** A grammar's automaton and costs. All texts of the grammar share them. */
    record Followed(Automaton automaton, ClosingCost cost) {}

    TokenMasks(TokenTrie trie) {
        this.trie = trie;
        this.bytes = trie.bytes();
    }

    int words() {
        return TokenSet.words(trie.vocabulary());
    }

    boolean spellsAllBytes() {
        return trie.spellsAllBytes();
    }

    /** The bytes of a token. */
    byte[] bytes(int token) {
        return bytes[token];
    }

    Followed follow(Grammar grammar) {
        Followed known = followed.get(grammar);
        if (known == null || known.automaton.size() > MOST_STATES) {
            known =
                    new Followed(
                            new Automaton(grammar),
                            new ClosingCost(trie, grammar.endsByItself() ? 0 : 1));
            followed.put(grammar, known);
        }
        return known;
    }

    PositionMask mask(Position position, Automaton automaton) {
        PositionMask known = positions.get(position);
        if (known == null) {
            Lexeme paths = position.lexeme().paths();
            var path = new Path(paths, position.lexeme().pathStart(position.state()));
            PathWalk walk =
                    walks.computeIfAbsent(path, each -> new PathWalk(trie, paths, each.start));
            known = new PositionMask(position, walk, trie, automaton);
            positions.put(position, known);
        }
        return known;
    }

    private static <K, V> Map<K, V> leastRecentlyUsed(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }
}
