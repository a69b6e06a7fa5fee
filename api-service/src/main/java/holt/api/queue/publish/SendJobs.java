package holt.api.queue.publish;

import holt.api.RequestRejectedException;
import holt.api.queue.index.JobAddress;
import holt.api.queue.waiting.WaitingClients;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends placed jobs to the broker, and gives up each job that the broker does not confirm. */
public final class SendJobs {
    private static final Logger LOG = LoggerFactory.getLogger(SendJobs.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Outcome.Failed NOT_CONFIRMED =
            new Outcome.Failed(
                    Failure.OVERLOADED,
                    "the queue's broker did not confirm the job; try again later");

    private final PublishJobs publish;
    private final WaitingClients waiting;
    private final RevokeJobs revoke;
    private final BrokerHealth health;

    public SendJobs(
            PublishJobs publish, WaitingClients waiting, RevokeJobs revoke, BrokerHealth health) {
        this.publish = publish;
        this.waiting = waiting;
        this.revoke = revoke;
        this.health = health;
    }

    /** @return done once the broker has the job; fails with {@link #notConfirmed} */
    public CompletableFuture<Void> send(Job job) {
        return orGiveUp(job, publish.job(job));
    }

    /**
     * Claims the job's key in the log.
     *
     * @param fingerprint of the request
     */
    public CompletableFuture<?> claim(Job job, String fingerprint) {
        return publish.claim(job, fingerprint);
    }

    /** Sends a job whose key this instance has claimed, like {@link #send}. */
    public CompletableFuture<Void> sendKeyed(Job job) {
        return orGiveUp(job, publish.keyedJob(job));
    }

    /** Notes that the broker did not confirm what this instance wrote for the job. */
    public void unconfirmed(Job job, Throwable reason) {
        LOG.atWarn()
                .addKeyValue("jobId", job.id().value())
                .addKeyValue("reason", reason.getMessage())
                .log("the broker did not confirm a job in time; its client gets 503");
        health.unconfirmed();
    }

    /** Revokes a job that the broker may have, although it did not confirm it in time. */
    public void revoke(Job job) {
        revoke.revoke(JobAddress.of(job), NOT_CONFIRMED);
    }

    /** What the client of an unconfirmed job gets. */
    public static RequestRejectedException notConfirmed() {
        return new RequestRejectedException(
                NOT_CONFIRMED.reason(), NOT_CONFIRMED.message(), null, RETRY_AFTER);
    }

    private CompletableFuture<Void> orGiveUp(Job job, CompletableFuture<?> sent) {
        var accepted = new CompletableFuture<Void>();
        var _ =
                sent.whenComplete((_, failure) -> {
                    if (failure == null) {
                        accepted.complete(null);
                    } else {
                        // The producer's thread has other jobs to fail.
                        Thread.startVirtualThread(() -> giveUp(job, failure, accepted));
                    }
                });
        return accepted;
    }

    private void giveUp(
            Job job, Throwable failure, CompletableFuture<Void> accepted) {
        waiting.end(job.id(), NOT_CONFIRMED);
        unconfirmed(job, failure);
        accepted.completeExceptionally(notConfirmed());
        revoke(job);
    }
}
