package holt.api.queue.publish;

import holt.api.RequestRejectedException;
import holt.api.queue.index.JobAddress;
import holt.api.queue.waiting.WaitingClients;
import holt.kafka.Topics;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends jobs to the broker, and gives up each one that the broker has not confirmed after {@code holt.jobs.hold}. */
public final class SendJobs {
    private static final Logger LOG = LoggerFactory.getLogger(SendJobs.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final String NOT_CONFIRMED =
            "the queue's broker did not confirm the job; try again later";
    private static final String FORBIDDEN =
            "the broker does not let this instance write the model's queue or its events; the operator must allow it";

    private final Topics topics;
    private final PublishJobs publish;
    private final WaitingClients waiting;
    private final RevokeJobs revoke;

    public SendJobs(Topics topics, PublishJobs publish, WaitingClients waiting, RevokeJobs revoke) {
        this.topics = topics;
        this.publish = publish;
        this.waiting = waiting;
        this.revoke = revoke;
    }

    /** @return done once the broker has the job; fails with {@link #notConfirmed} */
    public CompletableFuture<Void> send(Job job) {
        return orGiveUp(job, publish.job(job, topics.queue(job.model())), true);
    }

    /** Puts the job in the durable part of the line, like {@link #send}. */
    public CompletableFuture<Void> keep(Job job) {
        return orGiveUp(job, publish.job(job, topics.waiting()), true);
    }

    /**
     * Claims the job's key in the log.
     *
     * @param fingerprint of the request
     */
    public CompletableFuture<?> claim(Job job, String fingerprint) {
        return publish.claim(job, fingerprint);
    }

    /** Sends a job whose key this instance has claimed, like {@link #send}. If that fails, the caller revokes the job. */
    public CompletableFuture<Void> sendKeyed(Job job) {
        return orGiveUp(job, publish.keyedJob(job, topics.queue(job.model())), false);
    }

    /** Like {@link #sendKeyed}, to the durable part of the line. */
    public CompletableFuture<Void> keepKeyed(Job job) {
        return orGiveUp(job, publish.keyedJob(job, topics.waiting()), false);
    }

    /** Sends a job from the durable part of the line. If that fails, the job stays there. */
    public CompletableFuture<?> sendKept(Job job) {
        return publish.queued(job);
    }

    /** Revokes a job that the broker may have, although it did not confirm it in time. */
    public void revoke(Job job) {
        revoke.revoke(JobAddress.of(job), new Outcome.Failed(Failure.OVERLOADED, NOT_CONFIRMED));
    }

    /**
     * What the client of an unconfirmed job gets.
     *
     * @param reason null if the broker gave none
     */
    public static RequestRejectedException notConfirmed(@Nullable Throwable reason) {
        Throwable cause = reason instanceof CompletionException ? reason.getCause() : reason;
        return new RequestRejectedException(
                Failure.OVERLOADED,
                cause instanceof AuthorizationException ? FORBIDDEN : NOT_CONFIRMED,
                null,
                RETRY_AFTER);
    }

    /** Notes that the broker did not confirm what this instance wrote for the job. */
    public static void unconfirmed(Job job, Throwable reason) {
        LOG.atWarn()
                .addKeyValue("jobId", job.id().value())
                .addKeyValue("model", job.model().value())
                .addKeyValue("reason", reason.getMessage())
                .log("the broker did not confirm a job in time; its client gets 503");
    }

    private CompletableFuture<Void> orGiveUp(Job job, CompletableFuture<?> sent, boolean revoked) {
        var accepted = new CompletableFuture<Void>();
        var _ =
                sent.whenComplete((_, failure) -> {
                    if (failure == null) {
                        accepted.complete(null);
                    } else {
                        // The producer's thread has other jobs to fail.
                        Thread.startVirtualThread(() -> giveUp(job, failure, accepted, revoked));
                    }
                });
        return accepted;
    }

    private void giveUp(
            Job job, Throwable failure, CompletableFuture<Void> accepted, boolean revoked) {
        RequestRejectedException rejected = notConfirmed(failure);
        waiting.end(job.id(), rejected.asOutcome());
        unconfirmed(job, failure);
        accepted.completeExceptionally(rejected);
        if (revoked) {
            revoke(job);
        }
    }
}
