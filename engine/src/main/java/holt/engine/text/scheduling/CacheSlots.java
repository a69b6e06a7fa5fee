package holt.engine.text.scheduling;

import holt.engine.decoder.Slot;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Assigns the slots of the key/value cache, and reuses prefixes. A new sequence starts from any slot that holds the beginning
 * of its prompt, of a running or an ended sequence. So the model reads a conversation or a common system prompt only once.
 *
 * <p>Running sequences have the lowest slots, because the decoder reads adjacent rows without a copy. The tokens of an ended
 * sequence stay until a running one needs the slot. Then they move to a spare slot, in place of the least recently used.
 */
public final class CacheSlots {
    /** Shorter prefixes are read again: one step reads that many tokens anyway. */
    private static final int MIN_KEPT_TOKENS = 32;

    private final int runnable;
    private final @Nullable Sequence[]
            holders; // by slot: the sequence whose computed tokens it holds
    private final long[] usedAt;
    private final BitSet taken = new BitSet();
    private long uses;

    /**
     * @param all the number of slots of the cache
     * @param runnable how many of them are for running sequences
     */
    public CacheSlots(int all, int runnable) {
        this.runnable = runnable;
        this.holders = new Sequence[all];
        this.usedAt = new long[all];
    }

    boolean areTaken() {
        return taken.cardinality() == runnable;
    }

    /** Gives a sequence a free slot. Returns the copies that bring a known prefix there, in order. */
    List<Batch.Copy> admit(Sequence sequence) {
        int slot = taken.nextClearBit(0);
        int source = longestPrefix(sequence, slot);
        int cached = cachedTokens(sequence, source);
        List<Batch.Copy> copies = new ArrayList<>();
        keep(slot, source, cached, sequence).ifPresent(copies::add);
        if (cached > 0) {
            usedAt[source] = ++uses;
            if (source != slot) {
                copies.add(new Batch.Copy(new Slot(source), new Slot(slot), cached, sequence));
            }
        }
        sequence.takeSlot(new Slot(slot), cached);
        taken.set(slot);
        holders[slot] = sequence;
        return copies;
    }

    /** Frees the slot. Its tokens stay until another sequence needs it. */
    void release(Sequence sequence) {
        int slot = sequence.slot().index();
        taken.clear(slot);
        usedAt[slot] = ++uses;
    }

    /** Forgets the tokens in free slots. */
    void forgetIdle() {
        for (int i = 0; i < holders.length; i++) {
            if (!taken.get(i)) {
                holders[i] = null;
            }
        }
    }

    /** The slot with the longest prefix of the prompt. The given one wins a tie. */
    private int longestPrefix(Sequence sequence, int slot) {
        int longest = slot;
        for (int i = 0; i < holders.length; i++) {
            if (cachedTokens(sequence, i) > cachedTokens(sequence, longest)) {
                longest = i;
            }
        }
        return longest;
    }

    /** Saves the tokens that the slot's next sequence will overwrite. */
    private Optional<Batch.Copy> keep(int slot, int source, int cached, Sequence next) {
        Sequence last = holders[slot];
        if (last == null || last.computed() - (source == slot ? cached : 0) < MIN_KEPT_TOKENS) {
            return Optional.empty();
        }
        List<Integer> spare =
                IntStream.range(runnable, holders.length).filter(i -> i != source).boxed().toList();
        Optional<Integer> prefix = spare.stream().filter(i -> holdsPrefix(i, last)).findFirst();
        return prefix.or(() -> spare.stream().min((a, b) -> Long.compare(usedAt[a], usedAt[b])))
                .map(target -> {
                    holders[target] = last;
                    usedAt[target] = usedAt[slot];
                    return new Batch.Copy(new Slot(slot), new Slot(target), last.computed(), next);
                });
    }

    /** How many of the prompt's tokens a slot holds. The last one never counts: the completion follows it. */
    private int cachedTokens(Sequence sequence, int slot) {
        Sequence holder = holders[slot];
        return holder == null || sequence.isScored()
                ? 0
                : commonPrefix(sequence, holder, sequence.promptLength() - 1);
    }

    private boolean holdsPrefix(int slot, Sequence of) {
        Sequence holder = holders[slot];
        return holder != null && commonPrefix(of, holder, of.computed()) == holder.computed();
    }

    private static int commonPrefix(Sequence sequence, Sequence holder, int limit) {
        int end = Math.min(limit, holder.computed());
        int length = 0;
        while (length < end && sequence.token(length) == holder.token(length)) {
            length++;
        }
        return length;
    }
}
