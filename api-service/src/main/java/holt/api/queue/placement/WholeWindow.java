package holt.api.queue.placement;

import holt.protocol.LineMessage;
import java.time.Duration;
import java.time.Instant;

/**
 * The window of all instances together: one and a half jobs for each live slot, and the jobs that end while a credit is on its way. Without
 * those, slots would wait for short jobs. Not thread-safe.
 */
final class WholeWindow {
    /** From the end of a job to the credit for the next one. */
    private static final Duration ON_THE_WAY = Duration.ofMillis(50);

    private int size = Window.AT_FIRST;
    private long second;
    private int granted;
    private int grantedBefore;

    /** While no slot is live, it keeps its size. */
    int size(int slots, Instant now) {
        if (slots > 0) {
            size = Window.whole(slots);
        }
        moveTo(now);
        return size + (int) (grantedBefore * ON_THE_WAY.toMillis() / 1000);
    }

    /** Counts the jobs of a ruling. */
    void granted(LineMessage.Credits credits, Instant now) {
        moveTo(now);
        granted += credits.grants().stream().mapToInt(LineMessage.Grant::jobs).sum();
    }

    private void moveTo(Instant now) {
        long next = now.getEpochSecond();
        if (next != second) {
            grantedBefore = next == second + 1 ? granted : 0;
            granted = 0;
            second = next;
        }
    }
}
