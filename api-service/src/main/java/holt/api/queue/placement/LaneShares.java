package holt.api.queue.placement;

import holt.protocol.Lane;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedSet;

/**
 * Whose turn it is while several lanes wait. The highest goes first, but each lower one gets at least its share of the work. So none is
 * starved, and a higher one waits for one job of each lower one at most. What a lane gets while no higher one waits does not count. Not thread-safe.
 */
final class LaneShares {
    /** Work that becomes due to a lower lane for each token of a higher one. */
    private final double gain;

    /** Negative after a job that was more than was due. */
    private final Map<Lane, Double> due = new EnumMap<>(Lane.class);

    /** @param least a lower lane's share of the work, below 1 */
    LaneShares(double least) {
        gain = least / (1 - least);
    }

    /** @param waiting lanes with jobs that may go, not empty, the highest first */
    Lane next(SortedSet<Lane> waiting) {
        return waiting.stream()
                .skip(1)
                .filter(lane -> due(lane) > 0)
                .findFirst()
                .orElse(waiting.first());
    }

    /** A job of the lane goes. */
    void serve(Lane served, long work, SortedSet<Lane> waiting) {
        for (Lane lower : Lane.values()) {
            if (lower.compareTo(served) > 0) {
                double grown = due(lower) + gain * work;
                // An idle lane saves nothing up, and pays its debt.
                due.put(lower, waiting.contains(lower) ? grown : Math.min(0, grown));
            }
        }
        if (served != waiting.first()) {
            due.put(served, due(served) - work);
        }
    }

    private double due(Lane lane) {
        return due.getOrDefault(lane, 0.0);
    }
}
