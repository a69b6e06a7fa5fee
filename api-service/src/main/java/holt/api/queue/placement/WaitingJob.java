package holt.api.queue.placement;

import holt.protocol.Job;
import holt.protocol.JobId;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A job that waits for its turn.
 *
 * @param bytes of its record
 * @param since it came to this instance
 * @param kept whether {@code holt.waiting} has it, so that it never has to be refused
 * @param send sends it
 * @param done once the broker has confirmed it; fails if it is refused, and is cancelled if it is withdrawn
 */
record WaitingJob(
        Job job,
        int bytes,
        Instant since,
        boolean kept,
        Function<Job, ? extends CompletableFuture<?>> send,
        CompletableFuture<Void> done) {

    JobId id() {
        return job.id();
    }

    Job.Origin origin() {
        return FairShares.of(job.origin());
    }
}
