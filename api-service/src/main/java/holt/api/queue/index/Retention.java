package holt.api.queue.index;

import holt.protocol.Lane;
import java.time.Duration;
import java.time.Instant;

/**
 * How long ended jobs are remembered, by the broker's time.
 *
 * @param all for which each job can be asked for, from its end
 * @param unkeyed the same for a job without a key whose client waited for it
 */
public record Retention(Duration all, Duration unkeyed) {
    /** For this share of the time longer, the store still knows that there was a job whose result has expired. */
    private static final int SHARE = 12;

    /** The broker's clock is exact to half a second. So no instance finds a key free before the log says so. */
    private static final Duration INEXACT = Duration.ofSeconds(1);

    /** Whether its time is over when the broker writes an event. Each instance decides the same. */
    boolean isOverAt(Instant event, KnownJob job) {
        return job.ended != null && !job.ended.plus(of(job)).isAfter(event);
    }

    /** Whether its time is over by a clock. */
    boolean isOverNow(Instant now, KnownJob job) {
        return isOverAt(now.minus(INEXACT), job);
    }

    /** From when on the store may drop the job. */
    Instant forget(Instant ended, KnownJob job) {
        return ended.plus(of(job)).plus(all.dividedBy(SHARE)).plus(INEXACT);
    }

    private Duration of(KnownJob job) {
        return job.claim == null && job.lane != Lane.BATCH ? unkeyed : all;
    }
}
