package holt.api.queue.index;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How many jobs have passed through one queue, and how fast. Not thread-safe: the index guards it with its lock. */
final class QueueFlow {
    private final DrainRate rate = new DrainRate();
    private long arrived;
    private long left;

    /** @return how many jobs have arrived, this one included */
    long arrive() {
        return ++arrived;
    }

    void leave(Instant at) {
        left++;
        rate.count(at);
    }

    /** About how many jobs start until this one does, itself included. */
    long position(KnownJob job) {
        return Math.max(1, job.number - left);
    }

    /** Null if no job has left the queue lately. */
    @Nullable Long etaSeconds(long position, Instant now) {
        double perSecond = rate.perSecond(now);
        return perSecond == 0 ? null : (long) Math.ceil(position / perSecond);
    }
}
