package holt.api.node;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to ask the node again. While nothing changes, that is after a long interval. After a failure or a change it is soon, and then with
 * exponential back-off and jitter. Not thread-safe.
 */
final class BackOff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final int DOUBLINGS = 10;

    private final Duration interval;
    private final RandomGenerator random;
    private int unsettled;

    /** @param interval the mean time between two looks at a node that needs no change */
    BackOff(Duration interval, RandomGenerator random) {
        this.interval = interval;
        this.random = random;
    }

    /**
     * Returns how long to wait.
     *
     * @param settled whether the last look needed no change and had no failure
     */
    Duration next(boolean settled) {
        if (settled) {
            unsettled = 0;
            return between(interval, 2.0 / 3, 4.0 / 3);
        }
        Duration doubled = FIRST.multipliedBy(1L << Math.min(unsettled++, DOUBLINGS));
        return between(doubled.compareTo(interval) < 0 ? doubled : interval, 1.0 / 2, 1);
    }

    private Duration between(Duration time, double least, double most) {
        return Duration.ofNanos((long) (time.toNanos() * random.nextDouble(least, most)));
    }
}
