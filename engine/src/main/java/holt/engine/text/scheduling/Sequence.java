package holt.engine.text.scheduling;

import holt.engine.RequestId;
import holt.engine.decoder.Slot;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The token ids of one completion, and how many of them the model has read. */
public final class Sequence {
    private final RequestId id;
    private final int choice;
    private final int priority;
    private final int promptLength;
    private final boolean scored;
    private long[] tokens;
    private int length;
    private int cachedTokens;
    private int computed;
    private @Nullable Slot slot;

    /**
     * A sequence that waits for a slot.
     *
     * @param choice which of the request's completions, from 0; all have the same prompt
     * @param prompt token ids
     * @param priority lower runs first
     */
    public Sequence(RequestId id, int choice, long[] prompt, int priority) {
        this(id, choice, prompt, priority, false);
    }

    /**
     * The same.
     *
     * @param scored whether the logits after each prompt token count, so that the model reads all of the prompt
     */
    public Sequence(RequestId id, int choice, long[] prompt, int priority, boolean scored) {
        this.id = id;
        this.choice = choice;
        this.priority = priority;
        this.tokens = prompt.clone();
        this.length = prompt.length;
        this.promptLength = prompt.length;
        this.scored = scored;
    }

    public RequestId id() {
        return id;
    }

    public int choice() {
        return choice;
    }

    int priority() {
        return priority;
    }

    /** Whether the logits after each prompt token count. */
    public boolean isScored() {
        return scored;
    }

    /** The number of tokens that the model has read. */
    public int position() {
        return computed;
    }

    int promptLength() {
        return promptLength;
    }

    /** The number of prompt and generated tokens. */
    int length() {
        return length;
    }

    /** The number of tokens whose keys and values are in the cache. */
    int computed() {
        return computed;
    }

    /** Its slot in the cache. Call it only once the sequence has one. */
    Slot slot() {
        return Objects.requireNonNull(slot);
    }

    /** @param cached the number of its first tokens whose keys and values are in the slot */
    void takeSlot(Slot free, int cached) {
        slot = free;
        cachedTokens = cached;
        computed = cached;
    }

    /** The number of prompt tokens that were in the cache when it got its slot. */
    public int cachedTokens() {
        return cachedTokens;
    }

    /** The number of tokens that the model has not read: the rest of the prompt, or the last generated token. */
    public int unread() {
        return length - computed;
    }

    /** Whether both belong to the same request. */
    boolean isSiblingOf(Sequence other) {
        return id.equals(other.id);
    }

    /** Whether a sibling can start from this one's cache: it holds all of the prompt but the last token. */
    boolean hasReadPrompt() {
        return computed >= promptLength - 1;
    }

    long token(int position) {
        return tokens[position];
    }

    /** Counts tokens that the model has read. */
    public void advance(int count) {
        computed += count;
    }

    public void append(long token) {
        if (length == tokens.length) {
            tokens = Arrays.copyOf(tokens, length + length / 2 + 16);
        }
        tokens[length++] = token;
    }
}
