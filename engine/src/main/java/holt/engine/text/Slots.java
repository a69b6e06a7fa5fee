package holt.engine.text;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What each slot of the key/value cache holds. A sequence goes on from whatever begins as its prompt does, be it of one that runs or of one that
 * has ended, so that a conversation's next turn or a common system prompt is not read again.
 *
 * <p>Those that run have the lowest slots, because rows that lie side by side are read without a copy. What one leaves behind stays until its
 * slot is needed, and then moves to a slot beyond those, where the least recently used makes room.
 */
final class Slots {
    /** So many tokens are read in one step anyway; fewer are not worth a slot. */
    private static final int WORTH_KEEPING = 32;

    private final int runnable;
    private final @Nullable Sequence[]
            holders; // whose tokens it holds, as far as that has computed them
    private final long[] usedAt;
    private final BitSet taken = new BitSet();
    private long uses;

    /**
     * @param all slots of the cache
     * @param runnable how many of them are for sequences that run
     */
    Slots(int all, int runnable) {
        this.runnable = runnable;
        this.holders = new Sequence[all];
        this.usedAt = new long[all];
    }

    boolean areTaken() {
        return taken.cardinality() == runnable;
    }

    /** Gives a sequence a slot, with what is known of its prompt's beginning; returns the copies to be made for that, in order. */
    List<Batch.Copy> admit(Sequence sequence) {
        int slot = taken.nextClearBit(0);
        int source = mostAlike(sequence, slot);
        int known = shared(sequence, source);
        List<Batch.Copy> copies = new ArrayList<>();
        keep(slot, source, known, sequence).ifPresent(copies::add);
        if (known > 0) {
            usedAt[source] = ++uses;
            if (source != slot) {
                copies.add(new Batch.Copy(source, slot, known, sequence));
            }
        }
        sequence.takeSlot(slot, known);
        taken.set(slot);
        holders[slot] = sequence;
        return copies;
    }

    /** The slot is for others; what it holds stays for the time being. */
    void release(Sequence sequence) {
        taken.clear(sequence.slot());
        usedAt[sequence.slot()] = ++uses;
    }

    /** After a failure nobody knows what they hold. */
    void forgetIdle() {
        for (int i = 0; i < holders.length; i++) {
            if (!taken.get(i)) {
                holders[i] = null;
            }
        }
    }

    /** The slot that holds most of the prompt's beginning; the one given if no other holds more. */
    private int mostAlike(Sequence sequence, int slot) {
        int most = slot;
        for (int i = 0; i < holders.length; i++) {
            if (shared(sequence, i) > shared(sequence, most)) {
                most = i;
            }
        }
        return most;
    }

    /** Saves what the slot's next user would overwrite. */
    private Optional<Batch.Copy> keep(int slot, int source, int known, Sequence sequence) {
        Sequence last = holders[slot];
        if (last == null || last.computed() - (source == slot ? known : 0) < WORTH_KEEPING) {
            return Optional.empty();
        }
        List<Integer> spare =
                IntStream.range(runnable, holders.length).filter(i -> i != source).boxed().toList();
        Optional<Integer> beginning = spare.stream().filter(i -> isBeginning(i, last)).findFirst();
        return beginning
                .or(() -> spare.stream().min((a, b) -> Long.compare(usedAt[a], usedAt[b])))
                .map(to -> {
                    holders[to] = last;
                    usedAt[to] = usedAt[slot];
                    return new Batch.Copy(slot, to, last.computed(), sequence);
                });
    }

    /** How many of the prompt's tokens a slot holds; the last one is always read, because the answer follows it. */
    private int shared(Sequence sequence, int slot) {
        Sequence holder = holders[slot];
        return holder == null ? 0 : common(sequence, holder, sequence.promptLength() - 1);
    }

    private boolean isBeginning(int slot, Sequence of) {
        Sequence holder = holders[slot];
        return holder != null && common(of, holder, of.computed()) == holder.computed();
    }

    private static int common(Sequence sequence, Sequence holder, int most) {
        int end = Math.min(most, holder.computed());
        int length = 0;
        while (length < end && sequence.token(length) == holder.token(length)) {
            length++;
        }
        return length;
    }
}
