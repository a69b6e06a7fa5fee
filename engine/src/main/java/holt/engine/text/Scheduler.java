package holt.engine.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Decides who runs next. Prompts are read one chunk at a time, short ones several together, and between two chunks everyone who is already answering
 * gets a token, so a long prompt holds nobody up for longer than one chunk. Several answers to one prompt wait until one of them has read it.
 */
final class Scheduler {
    private static final Comparator<Sequence> URGENCY = Comparator.comparingInt(Sequence::priority);
    private static final Comparator<Sequence> PLACE = Comparator.comparingInt(Sequence::slot);

    private final Slots slots;
    private final int chunk;
    private final List<Sequence> waiting = new ArrayList<>(); // by priority, then arrival
    private final List<Sequence> running = new ArrayList<>(); // as they got their slots
    private boolean lastReadPrompt;

    /**
     * @param slots in which sequences run, and beside which they leave what others may go on from
     * @param chunk tokens of a prompt that one step reads at most
     */
    Scheduler(Slots slots, int chunk) {
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
            slots.release(sequence);
        }
    }

    /** A step has failed, or a copy before it: nothing is taken over from those that do not run. */
    void stepFailed() {
        slots.forgetIdle();
    }

    /** The next step; empty if there is nothing to do. */
    Optional<Batch> next() {
        List<Batch.Copy> copies = admit();
        // The last token of a prompt is read like one of an answer: the first token follows it.
        List<Sequence> answering =
                running.stream().filter(sequence -> sequence.unread() == 1).sorted(PLACE).toList();
        List<Sequence> reading =
                running.stream().filter(sequence -> sequence.unread() > 1).sorted(URGENCY).toList();
        lastReadPrompt = !reading.isEmpty() && (answering.isEmpty() || !lastReadPrompt);
        if (lastReadPrompt) {
            return Optional.of(read(reading, copies));
        }
        return answering.isEmpty()
                ? Optional.empty()
                : Optional.of(new Batch(copies, answering, 1));
    }

    /** As much as there is to read of the most urgent prompt, and as much of others as one step has room for. */
    private Batch read(List<Sequence> reading, List<Batch.Copy> copies) {
        int width = Math.min(chunk, reading.getFirst().unread());
        List<Sequence> together =
                reading.stream()
                        .filter(sequence -> sequence.unread() >= width)
                        .limit(chunk / width)
                        .sorted(PLACE)
                        .toList();
        return new Batch(copies, together, width);
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
