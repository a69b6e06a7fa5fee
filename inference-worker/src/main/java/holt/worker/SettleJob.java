package holt.worker;

import holt.kafka.Topics;
import holt.protocol.Codec;
import holt.protocol.DeadLetter;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.Outcome;
import holt.protocol.StoredObject;
import holt.protocol.WorkerId;
import holt.store.ClaimCheck;
import holt.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where an outcome becomes a reply and an event, another attempt, or a dead letter. */
final class SettleJob {
    private static final Logger LOG = LoggerFactory.getLogger(SettleJob.class);
    private static final Duration STORE_AGAIN = Duration.ofSeconds(1);

    private final WorkerId worker;
    private final PublishReplies publish;
    private final ClaimCheck claims;
    private final InstantSource clock;
    private final int attempts;

    /** @param attempts how often a job may be tried */
    SettleJob(
            WorkerId worker,
            PublishReplies publish,
            ClaimCheck claims,
            InstantSource clock,
            int attempts) {
        this.worker = worker;
        this.publish = publish;
        this.claims = claims;
        this.clock = clock;
        this.attempts = attempts;
    }

    /**
     * @param trace of a failure, for a dead letter
     * @return done when the broker has all that settles the job; only then may it be acknowledged
     */
    CompletableFuture<?> settle(
            ClaimedJob claimed,
            PublishReplies.ClaimReplies replies,
            Outcome outcome,
            String trace) {
        Job job = claimed.job();
        if (!(outcome instanceof Outcome.Failed failed) || !failed.reason().retryable()) {
            return finish(replies, outcome);
        }
        return job.attempt() < attempts && claimed.run() < attempts
                ? tryAgain(claimed, failed.reason())
                : giveUp(claimed, replies, failed, trace);
    }

    private CompletableFuture<?> tryAgain(ClaimedJob claimed, Failure reason) {
        Job job = claimed.job();
        Topics.Retry when = Topics.Retry.after(job.attempt());
        LOG.atWarn()
                .addKeyValue("jobId", job.id().value())
                .addKeyValue("model", job.model().value())
                .addKeyValue("attempt", job.attempt())
                .addKeyValue("reason", reason)
                .addKeyValue("delay", when.delay())
                .log("a job failed and is tried again");
        Instant now = clock.instant();
        Job next = job.nextAttempt(new Job.FailedRun(worker, claimed.run(), now, reason));
        var retrying =
                new JobEvent.Retrying(
                        job.id(),
                        job.model(),
                        job.lane(),
                        claimed.partition(),
                        claimed.claim(),
                        reason,
                        now.plus(when.delay()));
        return CompletableFuture.allOf(
                publish.event(retrying),
                publish.retry(
                        when,
                        Topics.queue(job.model(), job.lane()),
                        job.id().value(),
                        Codec.encode(next),
                        0));
    }

    /**
     * Tells the client, and keeps the job as a dead letter.
     *
     * @param trace of the last failure; empty where it left none
     */
    CompletableFuture<?> giveUp(
            ClaimedJob claimed,
            PublishReplies.ClaimReplies replies,
            Outcome.Failed failed,
            String trace) {
        Job job = claimed.job();
        LOG.atError()
                .addKeyValue("jobId", job.id().value())
                .addKeyValue("model", job.model().value())
                .addKeyValue("attempt", job.attempt())
                .addKeyValue("reason", failed.reason())
                .log("a job failed for the last time and is kept as a dead letter");
        var letter =
                new DeadLetter(
                        job,
                        null,
                        failed.reason(),
                        failed.message(),
                        claimed.run(),
                        worker,
                        clock.instant(),
                        trace);
        return CompletableFuture.allOf(
                publish.dead(letter, job.id().value()), finish(replies, failed));
    }

    /** A record that is no job: its bytes are kept, and nobody can be told. */
    CompletableFuture<?> undecodable(String key, byte @Nullable [] value, String why) {
        LOG.atError()
                .addKeyValue("reason", why)
                .log("a record of a queue is no job; it is kept as a dead letter");
        var letter =
                new DeadLetter(
                        null,
                        value == null ? "" : Base64.getEncoder().encodeToString(value),
                        Failure.SERVER_ERROR,
                        why,
                        0,
                        worker,
                        clock.instant(),
                        "");
        return publish.dead(letter, key);
    }

    /** A large outcome goes to the store first, however long that takes: what was computed is not computed again. */
    private CompletableFuture<?> finish(PublishReplies.ClaimReplies replies, Outcome outcome) {
        byte[] bytes = Codec.encode(outcome);
        if (!ClaimCheck.isNeededFor(bytes)) {
            return replies.finish(outcome);
        }
        return CompletableFuture.supplyAsync(() -> store(bytes), SettleJob::onVirtualThread)
                .thenCompose(stored -> replies.finish(new Outcome.Stored(stored)));
    }

    private StoredObject store(byte[] bytes) {
        while (true) {
            try {
                return claims.put(bytes);
            } catch (StoreUnavailableException e) {
                LOG.atWarn().setCause(e).log("a large result was not stored; the next try follows");
                LockSupport.parkNanos(STORE_AGAIN.toNanos());
            }
        }
    }

    private static void onVirtualThread(Runnable work) {
        Thread.startVirtualThread(work);
    }
}
