package holt.worker.run;

import holt.protocol.Command;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import holt.worker.models.ModelRunner.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The cancelled jobs. They never start here, and a running one stops. Any thread may call any method. A cancellation is forgotten at its
 * job's deadline, which bounds their number.
 */
public final class Revocations {
    private static final Duration SWEEP = Duration.ofSeconds(30);

    private final ConcurrentHashMap<JobId, Instant> revoked = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<JobId, Running> running = new ConcurrentHashMap<>();
    private Instant swept = Instant.MIN;

    /** @param now the broker's time */
    public synchronized void apply(Command command, Instant now) {
        switch (command) {
            case Command.Cancel(JobId job, Instant deadline) -> {
                if (deadline.isBefore(now)) {
                    return;
                }
                revoked.put(job, deadline);
                Running task = running.get(job);
                if (task != null) {
                    task.end(new Outcome.Cancelled());
                }
            }
        }
        if (now.isAfter(swept.plus(SWEEP))) {
            swept = now;
            revoked.values().removeIf(deadline -> deadline.isBefore(now));
        }
    }

    /** Registers a running task. If its cancellation came a moment ago, the task ends at once. */
    void started(JobId job, Running task) {
        running.put(job, task);
        if (contains(job)) {
            task.end(new Outcome.Cancelled());
        }
    }

    void ended(JobId job, Running task) {
        running.remove(job, task);
    }

    boolean contains(JobId job) {
        return revoked.containsKey(job);
    }
}
