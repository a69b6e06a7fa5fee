package holt.engine.text.constraint;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a vocabulary by their bytes. The nodes are in preorder: a node's first child follows it, and {@link #end} is
 * where its subtree ends. Node 0 is the root.
 */
final class TokenTrie {
    static final int NONE = -1;

    private final int vocabulary;
    private final int[] nextSame; // by token: another token with the same bytes
    private byte[] labels = new byte[1024];
    private int[] depths = new int[1024];
    private int[] ends = new int[1024];
    private int[] tokens = new int[1024];
    private int nodes = 1;
    private int deepest;
    private final boolean spellsAllBytes;

    /**
     * @param vocabulary the number of tokens
     * @param bytes of a token; null or empty = the token is no text
     */
    TokenTrie(int vocabulary, IntFunction<byte @Nullable []> bytes) {
        this.vocabulary = vocabulary;
        this.nextSame = new int[vocabulary];
        Arrays.fill(nextSame, NONE);
        tokens[0] = NONE;
        byte[][] texts = new byte[vocabulary][];
        int[] ordered =
                IntStream.range(0, vocabulary)
                        .filter(token -> {
                            byte[] text = bytes.apply(token);
                            texts[token] = text == null ? new byte[0] : text;
                            return texts[token].length > 0;
                        })
                        .boxed()
                        .sorted(
                                Comparator.comparing(
                                        token -> texts[token], Arrays::compareUnsigned))
                        .mapToInt(Integer::intValue)
                        .toArray();
        build(texts, ordered);
        spellsAllBytes =
                IntStream.range(0, 256)
                        .allMatch(octet -> {
                            int node = child(0, octet);
                            return node != NONE && tokens[node] != NONE;
                        });
    }

    private void build(byte[][] texts, int[] ordered) {
        byte[] last = {};
        int[] path =
                new int[1 + Arrays.stream(texts).mapToInt(text -> text.length).max().orElse(0)];
        for (int token : ordered) {
            byte[] text = texts[token];
            int common = Arrays.mismatch(last, text);
            common = common < 0 ? text.length : common;
            for (int depth = last.length; depth > common; depth--) {
                ends[path[depth]] = nodes;
            }
            for (int depth = common + 1; depth <= text.length; depth++) {
                path[depth] = add(text[depth - 1], depth);
            }
            int node = path[text.length];
            nextSame[token] = tokens[node];
            tokens[node] = token;
            last = text;
        }
        for (int depth = last.length; depth >= 0; depth--) {
            ends[path[depth]] = nodes;
        }
    }

    private int add(byte label, int depth) {
        if (nodes == labels.length) {
            labels = Arrays.copyOf(labels, 2 * nodes);
            depths = Arrays.copyOf(depths, 2 * nodes);
            ends = Arrays.copyOf(ends, 2 * nodes);
            tokens = Arrays.copyOf(tokens, 2 * nodes);
        }
        labels[nodes] = label;
        depths[nodes] = depth;
        tokens[nodes] = NONE;
        deepest = Math.max(deepest, depth);
        return nodes++;
    }

    int vocabulary() {
        return vocabulary;
    }

    /** The most bytes of a token. */
    int deepest() {
        return deepest;
    }

    /** Whether each single byte is a token. */
    boolean spellsAllBytes() {
        return spellsAllBytes;
    }

    int label(int node) {
        return Byte.toUnsignedInt(labels[node]);
    }

    int depth(int node) {
        return depths[node];
    }

    int end(int node) {
        return ends[node];
    }

    /** A token with exactly the node's bytes; {@link #nextSame} has the others. */
    int token(int node) {
        return tokens[node];
    }

    int nextSame(int token) {
        return nextSame[token];
    }

    int child(int node, int octet) {
        for (int each = node + 1; each < ends[node]; each = ends[each]) {
            if (label(each) == octet) {
                return each;
            }
        }
        return NONE;
    }

    /** The bytes of each token, by token. */
    byte[][] bytes() {
        byte[][] all = new byte[vocabulary][];
        byte[] path = new byte[deepest];
        for (int node = 1; node < nodes; node++) {
            path[depths[node] - 1] = labels[node];
            for (int token = tokens[node]; token != NONE; token = nextSame[token]) {
                all[token] = Arrays.copyOf(path, depths[node]);
            }
        }
        return all;
    }
}
