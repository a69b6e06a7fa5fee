package holt.engine.text;

import java.util.Arrays;

/** The token ids of one request and how far the model has read them. */
final class Sequence {
    private final String id;
    private final int choice;
    private final int priority;
    private final int promptLength;
    private long[] tokens;
    private int length;
    private int known; // when it got its slot
    private int computed;
    private int slot = -1;

    /** @param choice which of the request's answers, counted from 0; all have the same prompt */
    Sequence(String id, int choice, int priority, long[] prompt) {
        this.id = id;
        this.choice = choice;
        this.priority = priority;
        this.tokens = prompt.clone();
        this.length = prompt.length;
        this.promptLength = prompt.length;
    }

    String id() {
        return id;
    }

    int choice() {
        return choice;
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

    /** @param known how many of its first tokens have their keys and values there */
    void takeSlot(int place, int known) {
        slot = place;
        this.known = known;
        computed = known;
    }

    /** Tokens of the prompt that it found in the cache. */
    int known() {
        return known;
    }

    /** Tokens that the model has not read: of the prompt, or the one that it wrote last. */
    int unread() {
        return length - computed;
    }

    /** Whether both answer the same request. */
    boolean isSiblingOf(Sequence other) {
        return id.equals(other.id);
    }

    /** Whether another answer to the prompt can start from what has been read: all but the last token, after which the answer begins. */
    boolean hasReadPrompt() {
        return computed >= promptLength - 1;
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
