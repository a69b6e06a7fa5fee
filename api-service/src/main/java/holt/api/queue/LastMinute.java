package holt.api.queue;

import java.time.Duration;
import java.time.Instant;

/** Adds up what has happened in the last minute, by the second. Not thread-safe. */
final class LastMinute {
    private static final int SECONDS = 60;

    private final long[] sums = new long[SECONDS];
    private final long[] seconds = new long[SECONDS];

    /** An amount of more than a minute ago changes nothing. */
    void add(Instant at, long amount) {
        long second = at.getEpochSecond();
        int slot = Math.floorMod(second, SECONDS);
        if (seconds[slot] > second) {
            return;
        }
        if (seconds[slot] < second) {
            seconds[slot] = second;
            sums[slot] = 0;
        }
        sums[slot] += amount;
    }

    long sum(Instant now) {
        return sumSince(now.getEpochSecond() - SECONDS);
    }

    /** How long until the last minute has at most that much; zero if it has now. */
    Duration untilAtMost(long most, Instant now) {
        long second = now.getEpochSecond();
        for (long ahead = 0; ahead <= SECONDS; ahead++) {
            if (sumSince(second - SECONDS + ahead) <= most) {
                return Duration.ofSeconds(ahead);
            }
        }
        return Duration.ofSeconds(SECONDS);
    }

    /** After that second. */
    private long sumSince(long second) {
        long sum = 0;
        for (int slot = 0; slot < SECONDS; slot++) {
            if (seconds[slot] > second) {
                sum += sums[slot];
            }
        }
        return sum;
    }
}
