package holt.worker.run;

import holt.protocol.Command;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The jobs that nobody wants any more: never started here, and stopped where they run. Applied by one thread, asked by all. A revocation is
 * forgotten at its job's deadline, so their number is bounded.
 */
public final class Revocations {
    private static final Duration SWEEP = Duration.ofSeconds(30);

    private final ConcurrentHashMap<JobId, Instant> revoked = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<JobId, ModelRunner.Running> running = new ConcurrentHashMap<>();
    private Instant swept = Instant.MIN;

    /** @param at the broker's time of the command */
    public void apply(Command command, Instant at) {
        switch (command) {
            case Command.Cancel(JobId job, Instant deadline) -> {
                revoked.put(job, deadline);
                ModelRunner.Running task = running.get(job);
                if (task != null) {
                    task.end(new Outcome.Cancelled());
                }
            }
        }
        if (at.isAfter(swept.plus(SWEEP))) {
            swept = at;
            revoked.values().removeIf(deadline -> deadline.isBefore(at));
        }
    }

    /** The job runs here now; a revocation that came a moment ago ends it. */
    void started(JobId job, ModelRunner.Running task) {
        running.put(job, task);
        if (contains(job)) {
            task.end(new Outcome.Cancelled());
        }
    }

    void ended(JobId job, ModelRunner.Running task) {
        running.remove(job, task);
    }

    boolean contains(JobId job) {
        return revoked.containsKey(job);
    }
}
