package holt.protocol;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job that was given up, on {@code holt.dead}.
 *
 * @param job null if its record is unreadable
 * @param record the bytes of an unreadable record, in base64
 * @param run number of the last run; the job lists the earlier ones
 * @param worker that ran the job last, or found it unreadable; null if the broker gave it up
 * @param stackTrace of the last failure. It may be empty and contains no prompt
 */
public record DeadLetter(
        @Nullable Job job,
        @Nullable String record,
        Failure reason,
        String message,
        int run,
        @Nullable WorkerId worker,
        Instant at,
        String stackTrace)
        implements Versioned {
    @Override
    public int version() {
        return job == null ? 1 : job.version();
    }
}
