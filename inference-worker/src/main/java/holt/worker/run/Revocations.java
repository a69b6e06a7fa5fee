package holt.worker.run;

import holt.protocol.Command;
import holt.protocol.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The cancelled jobs. They never start here. A running one stops, and so does one whose result waits for the object store. Any thread may
 * call any method. A cancellation is forgotten at its job's deadline, which bounds their number.
 */
public final class Revocations {
    private static final Duration SWEEP = Duration.ofSeconds(30);

    private final ConcurrentHashMap<JobId, Instant> revoked = new ConcurrentHashMap<>();

    /** What cancels the present stage of each job. */
    private final ConcurrentHashMap<JobId, Runnable> cancels = new ConcurrentHashMap<>();

    private Instant swept = Instant.MIN;

    /** @param now the broker's time */
    public synchronized void apply(Command command, Instant now) {
        switch (command) {
            case Command.Cancel(JobId job, Instant deadline) -> {
                if (deadline.isBefore(now)) {
                    return;
                }
                revoked.put(job, deadline);
                Runnable cancel = cancels.get(job);
                if (cancel != null) {
                    cancel.run();
                }
            }
            case Command.Drain _, Command.Undrain _ -> {}
        }
        if (now.isAfter(swept.plus(SWEEP))) {
            swept = now;
            revoked.values().removeIf(deadline -> deadline.isBefore(now));
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
