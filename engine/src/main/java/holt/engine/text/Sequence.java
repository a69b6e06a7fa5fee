package holt.engine.text;

import java.util.Arrays;

/** The token ids of one request and how far the model has read them. */
final class Sequence {
    private final String id;
    private final int priority;
    private final int promptLength;
    private long[] tokens;
    private int length;
    private int computed;
    private int slot = -1;

    Sequence(String id, int priority, long[] prompt) {
        this.id = id;
        this.priority = priority;
        this.tokens = prompt.clone();
        this.length = prompt.length;
        this.promptLength = prompt.length;
    }

    String id() {
        return id;
    }

    int priority() {
        return priority;
    }

    int promptLength() {
        return promptLength;
    }

    int length() {
        return length;
    }

    /** Tokens whose keys and values are in the cache. */
    int computed() {
        return computed;
    }

    /** Its place in the cache, -1 without one. */
    int slot() {
        return slot;
    }

    void takeSlot(int place) {
        slot = place;
    }

    /** Whether part of the prompt is still to be read. */
    boolean prefilling() {
        return computed < promptLength;
    }

    long token(int position) {
        return tokens[position];
    }

    /** Notes that the model has read this many more tokens. */
    void advance(int count) {
        computed += count;
    }

    void append(long token) {
        if (length == tokens.length) {
            tokens = Arrays.copyOf(tokens, length + length / 2 + 16);
        }
        tokens[length++] = token;
    }
}
