package holt.api.queue.index;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;

/** How many jobs a second have left a queue in the last minute. Not thread-safe: the index guards it with its lock. */
final class DrainRate {
    private static final int SECONDS = 60;

    private final int[] left = new int[SECONDS];
    private long newest;

    /** Counts a job that left the queue. */
    void count(Instant at) {
        long second = at.getEpochSecond();
        moveTo(second);
        if (newest - second < SECONDS) {
            left[(int) (second % SECONDS)]++;
        }
    }

    double perSecond(Instant now) {
        moveTo(now.getEpochSecond());
        return Arrays.stream(left).sum() / (double) SECONDS;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(newest);
        for (int count : left) {
            out.writeInt(count);
        }
    }

    static DrainRate read(DataInputStream in) throws IOException {
        var rate = new DrainRate();
        rate.newest = in.readLong();
        for (int i = 0; i < SECONDS; i++) {
            rate.left[i] = in.readInt();
        }
        return rate;
    }

    /** Clears the seconds from the newest one to this one. */
    private void moveTo(long second) {
        if (second <= newest) {
            return;
        }
        for (long passed = Math.max(newest + 1, second - SECONDS + 1); passed <= second; passed++) {
            left[(int) (passed % SECONDS)] = 0;
        }
        newest = second;
    }
}
