package holt.engine.text;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Decides who runs next. Prompts are read one chunk at a time, and between two chunks everyone who is already answering
 * gets a token, so a long prompt holds nobody up for longer than one chunk. Several answers to one prompt wait until one of them has read it,
 * and fork from that one.
 */
final class Scheduler {
    private static final Comparator<Sequence> URGENCY = Comparator.comparingInt(Sequence::priority);
    private static final Comparator<Sequence> PLACE = Comparator.comparingInt(Sequence::slot);

    private final int slots;
    private final int chunk;
    private final List<Sequence> waiting = new ArrayList<>(); // by priority, then arrival
    private final List<Sequence> running = new ArrayList<>(); // as they got their slots
    private final BitSet taken = new BitSet();
    private boolean lastReadPrompt;

    /**
     * @param slots sequences that may run at once
     * @param chunk tokens of a prompt that one step reads at most
     */
    Scheduler(int slots, int chunk) {
        this.slots = slots;
        this.chunk = chunk;
    }

    void add(Sequence sequence) {
        int place = waiting.size();
        while (place > 0 && URGENCY.compare(waiting.get(place - 1), sequence) > 0) {
            place--;
        }
        waiting.add(place, sequence);
    }

    /** Forgets a sequence, whether it waits or runs; its slot is free for the next one. */
    void remove(Sequence sequence) {
        if (!waiting.remove(sequence) && running.remove(sequence)) {
            taken.clear(sequence.slot());
        }
    }

    /** The next step; empty if there is nothing to do. */
    Optional<Batch> next() {
        List<Batch.Fork> forks = admit();
        // The last token of a prompt is read like one of an answer: the first token follows it.
        List<Sequence> answering =
                running.stream().filter(sequence -> sequence.unread() == 1).sorted(PLACE).toList();
        Optional<Sequence> reading =
                running.stream().filter(sequence -> sequence.unread() > 1).min(URGENCY);
        lastReadPrompt = reading.isPresent() && (answering.isEmpty() || !lastReadPrompt);
        if (lastReadPrompt) {
            return reading.map(sequence ->
                    new Batch(forks, List.of(sequence), Math.min(chunk, sequence.unread())));
        }
        return answering.isEmpty() ? Optional.empty() : Optional.of(new Batch(forks, answering, 1));
    }

    private List<Batch.Fork> admit() {
        List<Batch.Fork> forks = new ArrayList<>();
        Iterator<Sequence> queue = waiting.iterator();
        while (queue.hasNext() && running.size() < slots) {
            Sequence sequence = queue.next();
            List<Sequence> siblings = running.stream().filter(sequence::isSiblingOf).toList();
            Optional<Sequence> source =
                    siblings.stream().filter(Sequence::hasReadPrompt).findFirst();
            if (!siblings.isEmpty() && source.isEmpty()) {
                continue; // its prompt is being read
            }
            queue.remove();
            // The lowest free place: rows that lie side by side in the cache are read without a
            // copy.
            sequence.takeSlot(taken.nextClearBit(0));
            taken.set(sequence.slot());
            running.add(sequence);
            source.ifPresent(from -> {
                sequence.forkedFromSibling();
                forks.add(new Batch.Fork(from, sequence, sequence.computed()));
            });
        }
        return forks;
    }
}
