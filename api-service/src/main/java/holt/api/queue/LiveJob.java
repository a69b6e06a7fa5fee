package holt.api.queue;

import java.time.Instant;

/** A job that has not ended, as it counts toward its caller's limits. */
final class LiveJob {
    final String caller;
    final Instant arrived;
    final Instant deadline;

    /** Its work, as estimated when it came. */
    final long work;

    boolean started;

    LiveJob(String caller, Instant arrived, Instant deadline, long work, boolean started) {
        this.caller = caller;
        this.arrived = arrived;
        this.deadline = deadline;
        this.work = work;
        this.started = started;
    }
}
