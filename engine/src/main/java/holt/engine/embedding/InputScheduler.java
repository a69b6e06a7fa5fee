package holt.engine.embedding;

import holt.engine.RequestId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Chooses which inputs share the next pass. A row of a batch is as long as its longest input, so it prefers inputs of about one length. */
final class InputScheduler {
    /** Inputs behind these are not looked at, so that a choice stays quick. */
    private static final int WINDOW = 1024;

    private final List<QueuedInput> waiting = new ArrayList<>(); // by priority, then by arrival

    void add(List<QueuedInput> inputs) {
        int at = waiting.size();
        int priority = inputs.getFirst().priority();
        while (at > 0 && waiting.get(at - 1).priority() > priority) {
            at--;
        }
        waiting.addAll(at, inputs);
    }

    void remove(RequestId request) {
        waiting.removeIf(input -> input.request().equals(request));
    }

    /**
     * Takes the first input, and others of the nearest lengths while all rows together have at most that many tokens.
     *
     * @return empty if nothing waits
     */
    List<QueuedInput> next(int maxTokens) {
        if (waiting.isEmpty()) {
            return List.of();
        }
        QueuedInput first = waiting.getFirst();
        List<QueuedInput> others =
                waiting.stream()
                        .skip(1)
                        .limit(WINDOW)
                        .sorted(
                                Comparator.comparingInt(
                                        input -> Math.abs(input.length() - first.length())))
                        .toList();
        List<QueuedInput> batch = new ArrayList<>(List.of(first));
        long longest = first.length();
        for (QueuedInput other : others) {
            long width = Math.max(longest, other.length());
            if (width * (batch.size() + 1) > maxTokens) {
                break;
            }
            batch.add(other);
            longest = width;
        }
        waiting.removeAll(Set.copyOf(batch));
        return batch;
    }
}
