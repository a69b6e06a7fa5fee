package holt.api.node;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** When to look again: after a long time while nothing has to be done, else soon, and then ever later. Not thread-safe. */
final class Pace {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final int DOUBLINGS = 10;

    private final Duration calm;
    private final RandomGenerator random;
    private int unsettled;

    /** @param calm the mean time between two looks at a node that is as it should be */
    Pace(Duration calm, RandomGenerator random) {
        this.calm = calm;
        this.random = random;
    }

    /**
     * How long to wait now.
     *
     * @param settled whether nothing had to be done
     */
    Duration next(boolean settled) {
        if (settled) {
            unsettled = 0;
            return between(calm, 2.0 / 3, 4.0 / 3);
        }
        Duration doubled = FIRST.multipliedBy(1L << Math.min(unsettled++, DOUBLINGS));
        return between(doubled.compareTo(calm) < 0 ? doubled : calm, 1.0 / 2, 1);
    }

    private Duration between(Duration time, double least, double most) {
        return Duration.ofNanos((long) (time.toNanos() * random.nextDouble(least, most)));
    }
}
