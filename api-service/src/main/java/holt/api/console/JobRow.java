package holt.api.console;

import holt.api.queue.index.JobHead;
import holt.api.queue.index.JobState;
import holt.api.queue.index.JobStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job in a list.
 *
 * @param state for style sheets, too
 * @param caller a dash if callers need no keys
 * @param reason why it failed; empty unless it did
 */
record JobRow(
        String id,
        String state,
        String stateName,
        String model,
        String caller,
        Instant created,
        String waited,
        String ran,
        String reason) {

    /** Without times. */
    static JobRow of(JobHead head) {
        return of(head, null);
    }

    /** @param job null if its time has run out meanwhile */
    static JobRow of(JobHead head, @Nullable JobState job) {
        JobTimes times = job == null ? null : JobTimes.of(job);
        return new JobRow(
                head.id().value(),
                head.status().label(),
                name(head.status()),
                head.model().value(),
                head.caller() == null ? "–" : head.caller(),
                head.created(),
                Words.duration(times == null ? null : times.waited()),
                Words.duration(times == null ? null : times.ran()),
                head.reason() == null ? "" : head.reason().label());
    }

    /** A status as people read it. */
    static String name(JobStatus status) {
        return switch (status) {
            case QUEUED -> "Queued";
            case RUNNING -> "Running";
            case WAITING_RETRY -> "Waits to retry";
            case COMPLETED -> "Completed";
            case FAILED -> "Failed";
            case CANCELLED -> "Cancelled";
            case EXPIRED -> "Expired";
        };
    }
}
