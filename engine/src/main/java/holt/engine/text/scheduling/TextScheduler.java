package holt.engine.text.scheduling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the next batch. It alternates prefill and decode: one step reads a chunk of a prompt, or short prompts together,
 * and the next step generates one token for every running completion. So a long prompt delays the others by one chunk at
 * most. The completions of a request wait until one of them has read the prompt.
 */
public final class TextScheduler {
    private static final Comparator<Sequence> BY_PRIORITY =
            Comparator.comparingInt(Sequence::priority);
    private static final Comparator<Sequence> BY_SLOT =
            Comparator.comparingInt(sequence -> sequence.slot().index());

    private final CacheSlots slots;
    private final int chunk;
    private final List<Sequence> waiting = new ArrayList<>(); // by priority, then arrival
    private final List<Sequence> running = new ArrayList<>(); // in the order of admission
    private boolean lastWasPrefill;

    /** @param chunk the most prompt tokens that one step reads */
    public TextScheduler(CacheSlots slots, int chunk) {
        this.slots = slots;
        this.chunk = chunk;
    }

    public void add(Sequence sequence) {
        int place = waiting.size();
        while (place > 0 && BY_PRIORITY.compare(waiting.get(place - 1), sequence) > 0) {
            place--;
        }
        waiting.add(place, sequence);
    }

    /** Forgets a waiting or running sequence and frees its slot. */
    public void remove(Sequence sequence) {
        if (!waiting.remove(sequence) && running.remove(sequence)) {
            slots.release(sequence);
        }
    }

    /** Forgets the prompts of ended sequences. After a failed step or copy, their slots may hold anything. */
    public void forgetIdleSlots() {
        slots.forgetIdle();
    }

    /** The next step; empty if there is nothing to do. */
    public Optional<Batch> next() {
        List<Batch.Copy> copies = admit();
        // The last prompt token is read in a decode step: the first generated token follows it.
        List<Sequence> decoding =
                running.stream()
                        .filter(sequence -> sequence.unread() == 1)
                        .sorted(BY_SLOT)
                        .toList();
        List<Sequence> prefilling =
                running.stream()
                        .filter(sequence -> sequence.unread() > 1)
                        .sorted(BY_PRIORITY)
                        .toList();
        lastWasPrefill = !prefilling.isEmpty() && (decoding.isEmpty() || !lastWasPrefill);
        if (lastWasPrefill) {
            return Optional.of(prefill(prefilling, copies));
        }
        return decoding.isEmpty() ? Optional.empty() : Optional.of(new Batch(copies, decoding, 1));
    }

    /** Reads a chunk of the most urgent prompt, and as many tokens of others as fit into the step. */
    private Batch prefill(List<Sequence> prefilling, List<Batch.Copy> copies) {
        int width = Math.min(chunk, prefilling.getFirst().unread());
        List<Sequence> rows =
                prefilling.stream()
                        .filter(sequence -> sequence.unread() >= width)
                        .limit(chunk / width)
                        .sorted(BY_SLOT)
                        .toList();
        return new Batch(copies, rows, width);
    }

    private List<Batch.Copy> admit() {
        List<Batch.Copy> copies = new ArrayList<>();
        Iterator<Sequence> queue = waiting.iterator();
        while (queue.hasNext() && !slots.areTaken()) {
            Sequence sequence = queue.next();
            List<Sequence> siblings = running.stream().filter(sequence::isSiblingOf).toList();
            if (siblings.isEmpty() || siblings.stream().anyMatch(Sequence::hasReadPrompt)) {
                queue.remove();
                copies.addAll(slots.admit(sequence));
                running.add(sequence);
            }
        }
        return copies;
    }
}
