package holt.api.queue;

import java.time.Duration;
import java.time.Instant;

/** Counts what has happened in the last minute, by the second. Not thread-safe. */
final class LastMinute {
    private static final int SECONDS = 60;

    private final int[] counts = new int[SECONDS];
    private final long[] seconds = new long[SECONDS];

    void add(Instant at) {
        long second = at.getEpochSecond();
        int slot = Math.floorMod(second, SECONDS);
        if (seconds[slot] > second) {
            return;
        }
        if (seconds[slot] < second) {
            seconds[slot] = second;
            counts[slot] = 0;
        }
        counts[slot]++;
    }

    boolean isEmpty(Instant now) {
        return countSince(now.getEpochSecond() - SECONDS) == 0;
    }

    /** How long until fewer than that many are in the last minute; zero if they are now. */
    Duration untilBelow(int most, Instant now) {
        long second = now.getEpochSecond();
        for (long ahead = 0; ahead <= SECONDS; ahead++) {
            if (countSince(second - SECONDS + ahead) < most) {
                return Duration.ofSeconds(ahead);
            }
        }
        return Duration.ofSeconds(SECONDS);
    }

    /** After that second. */
    private int countSince(long second) {
        int sum = 0;
        for (int slot = 0; slot < SECONDS; slot++) {
            if (seconds[slot] > second) {
                sum += counts[slot];
            }
        }
        return sum;
    }
}
