package holt.api.queue.index;

import holt.protocol.JobEvent;
import holt.protocol.JobId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Futures for events that the log does not show yet. Each completes on a thread of its own. Not thread-safe: the index guards it with its
 * lock.
 */
final class AwaitedEvents {
    private final Map<JobId, CompletableFuture<Void>> arrivals = new HashMap<>();
    private final Map<JobId, CompletableFuture<JobEvent.Claimed>> claims = new HashMap<>();
    private final Map<JobId, CompletableFuture<Void>> queueings = new HashMap<>();

    /** Done with the job's first event. */
    CompletableFuture<Void> arrival(JobId job) {
        return arrivals.computeIfAbsent(job, _ -> new CompletableFuture<>());
    }

    /** Done with the first claim of the job's key. */
    CompletableFuture<JobEvent.Claimed> claim(JobId job) {
        return claims.computeIfAbsent(job, _ -> new CompletableFuture<>());
    }

    /** Done when the claimed job is in its queue, or has ended. */
    CompletableFuture<Void> queueing(JobId job) {
        return queueings.computeIfAbsent(job, _ -> new CompletableFuture<>());
    }

    void arrived(JobId job) {
        complete(arrivals.remove(job));
    }

    void claimed(JobEvent.Claimed claim) {
        CompletableFuture<JobEvent.Claimed> decided = claims.remove(claim.job());
        if (decided != null) {
            decided.completeAsync(() -> claim, Thread::startVirtualThread);
        }
    }

    void queued(JobId job) {
        complete(queueings.remove(job));
    }

    void forgetArrival(JobId job) {
        arrivals.remove(job);
    }

    void forgetClaim(JobId job) {
        claims.remove(job);
    }

    private static void complete(@Nullable CompletableFuture<Void> future) {
        if (future != null) {
            future.completeAsync(() -> null, Thread::startVirtualThread);
        }
    }
}
