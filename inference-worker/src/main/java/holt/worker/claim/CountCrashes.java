package holt.worker.claim;

import holt.protocol.Job;
import holt.protocol.JobEvent;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the workers that a job has crashed. The delivery count is only an upper bound: when a worker dies, its idle slots' pending fetches
 * also receive the job until the broker has closed each connection. So many deliveries are checked against the starts in the event log.
 */
public final class CountCrashes {
    /** Up to this many deliveries count as runs without a look at the log. The job may still run once more. */
    private static final int TRUSTED_DELIVERIES = 2;

    private final EventLog events;

    public CountCrashes(EventLog events) {
        this.events = events;
    }

    /** The runs of the present attempt that had no end, at most. */
    CompletableFuture<Integer> before(Job job, int deliveries) {
        return deliveries <= TRUSTED_DELIVERIES
                ? CompletableFuture.completedFuture(deliveries - 1)
                : CompletableFuture.supplyAsync(
                        () -> Math.min(deliveries - 1, starts(job)), Thread::startVirtualThread);
    }

    private int starts(Job job) {
        Instant attemptSince =
                job.failedRuns().isEmpty() ? job.created() : job.failedRuns().getLast().at();
        Set<Integer> runs = ConcurrentHashMap.newKeySet();
        events.read(
                attemptSince,
                event -> {
                    if (event instanceof JobEvent.Started started
                            && event.job().equals(job.id())
                            && started.run() >= job.attempt()) {
                        runs.add(started.run());
                    }
                });
        // A first run that crashes at once leaves no event.
        runs.add(job.attempt());
        return runs.size();
    }
}
