package holt.api.console;

import holt.api.queue.index.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a job's time went. */
record JobTimes(
        Instant accepted,
        @Nullable Instant firstStart,
        @Nullable Instant lastStart,
        @Nullable Instant ended) {

    static JobTimes of(JobState job) {
        List<JobState.Attempt> runs = job.attempts();
        return new JobTimes(
                job.created(),
                runs.isEmpty() ? null : runs.getFirst().started(),
                runs.isEmpty() ? null : runs.getLast().started(),
                job.ended());
    }

    /** Until the first run; null if there was none. */
    @Nullable Duration waited() {
        return firstStart == null ? null : between(accepted, firstStart);
    }

    /** Of the last run; null if there was none, or it has not ended. */
    @Nullable Duration ran() {
        return lastStart == null || ended == null ? null : between(lastStart, ended);
    }

    /** From the first start to the last one: runs that failed, and the waits between them. */
    Duration repeated() {
        return firstStart == null || lastStart == null
                ? Duration.ZERO
                : between(firstStart, lastStart);
    }

    /** Until its end, or until now. */
    Duration total(Instant now) {
        return between(accepted, ended == null ? now : ended);
    }

    /** Never negative: events of two machines may stand in the log a little out of order. */
    static Duration between(Instant from, Instant to) {
        return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
    }
}
