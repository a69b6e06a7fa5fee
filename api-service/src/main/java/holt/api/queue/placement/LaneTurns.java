package holt.api.queue.placement;

import holt.protocol.Lane;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which lane is next: the highest with a job. But while lower lanes wait, one of five jobs comes from them. Not thread-safe. */
final class LaneTurns {
    /** So many jobs of a lane go before one of the lower lanes. */
    private static final int TURNS = 4;

    /** How many jobs of a lane have gone while lower lanes waited, since the last one of those. */
    private final Map<Lane, Integer> turns = new EnumMap<>(Lane.class);

    /** Takes a turn; null if no lane has a job. */
    @Nullable Lane next(Predicate<Lane> hasJob) {
        Lane highest = null;
        for (Lane lane : Lane.values()) {
            if (!hasJob.test(lane)) {
                continue;
            }
            if (highest != null) {
                if (turns.getOrDefault(highest, 0) < TURNS) {
                    turns.merge(highest, 1, Integer::sum);
                    return highest;
                }
                turns.remove(highest);
            }
            highest = lane;
        }
        if (highest != null) {
            turns.remove(highest);
        }
        return highest;
    }
}
