package holt.engine.text.constraint;

import java.util.Arrays;

/** Some tokens: a list of ids, or a bit for each id if they are many. */
final class TokenSet {
    private static final int MANY =
            64; // a list takes 32 times the space of a bit for each of its tokens

    private int[] ids = new int[4];
    private int size;
    private long[] bits = {};

    static int words(int vocabulary) {
        return (vocabulary + Long.SIZE - 1) / Long.SIZE;
    }

    /** Adds the tokens of a node. */
    void add(TokenTrie trie, int node) {
        for (int token = trie.token(node); token != TokenTrie.NONE; token = trie.nextSame(token)) {
            if (size == ids.length) {
                ids = Arrays.copyOf(ids, 2 * size);
            }
            ids[size++] = token;
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Makes the set small. Nothing is added afterwards. */
    TokenSet pack(int vocabulary) {
        if (size > vocabulary / MANY) {
            bits = new long[words(vocabulary)];
            for (int i = 0; i < size; i++) {
                bits[ids[i] >> 6] |= 1L << ids[i];
            }
            ids = new int[0];
        } else {
            ids = Arrays.copyOf(ids, size);
        }
        return this;
    }

    void addTo(long[] mask) {
        for (int i = 0; i < bits.length; i++) {
            mask[i] |= bits[i];
        }
        for (int id : ids) {
            mask[id >> 6] |= 1L << id;
        }
    }
}
