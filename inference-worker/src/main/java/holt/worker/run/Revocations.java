package holt.worker.run;

import holt.protocol.Command;
import holt.protocol.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The cancelled jobs. They never start here. A running one stops, and so does one whose result waits for the object store. One thread applies commands, any thread may ask. A cancellation is
 * forgotten at its job's deadline, which bounds their number.
 */
public final class Revocations {
    private static final Duration SWEEP = Duration.ofSeconds(30);

    private final ConcurrentHashMap<JobId, Instant> revoked = new ConcurrentHashMap<>();

    /** What cancels the present stage of each job. */
    private final ConcurrentHashMap<JobId, Runnable> cancels = new ConcurrentHashMap<>();

    private Instant swept = Instant.MIN;

    /** @param at the broker's time of the command */
    public void apply(Command command, Instant at) {
        switch (command) {
            case Command.Cancel(JobId job, Instant deadline) -> {
                revoked.put(job, deadline);
                Runnable cancel = cancels.get(job);
                if (cancel != null) {
                    cancel.run();
                }
            }
        }
        if (at.isAfter(swept.plus(SWEEP))) {
            swept = at;
            revoked.values().removeIf(deadline -> deadline.isBefore(at));
        }
    }

    /** Registers a stage of a job. If the job's cancellation came a moment ago, the stage is cancelled at once. */
    void started(JobId job, Runnable cancel) {
        cancels.put(job, cancel);
        if (contains(job)) {
            cancel.run();
        }
    }

    void ended(JobId job, Runnable cancel) {
        cancels.remove(job, cancel);
    }

    boolean contains(JobId job) {
        return revoked.containsKey(job);
    }
}
