package holt.worker.settle;

import holt.kafka.Topics;
import holt.protocol.Codec;
import holt.protocol.DeadLetter;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.Outcome;
import holt.protocol.WorkerId;
import holt.worker.report.PublishReplies;
import holt.worker.run.ClaimedJob;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where an outcome becomes a reply and an event, another attempt, or a dead letter. */
public final class SettleJob {
    private static final Logger LOG = LoggerFactory.getLogger(SettleJob.class);

    /** A retry waits that much longer, at most. */
    private static final double JITTER = 0.25;

    private final WorkerId worker;
    private final PublishReplies publish;
    private final InstantSource clock;
    private final int attempts;

    /** @param attempts how often a job may be tried */
    public SettleJob(WorkerId worker, PublishReplies publish, InstantSource clock, int attempts) {
        this.worker = worker;
        this.publish = publish;
        this.clock = clock;
        this.attempts = attempts;
    }

    /**
     * @param trace of a failure, for a dead letter
     * @return done when the broker has all that settles the job; only then may it be acknowledged
     */
    public CompletableFuture<?> settle(
            ClaimedJob claimed,
            PublishReplies.ClaimReplies replies,
            Outcome outcome,
            String trace) {
        Job job = claimed.job();
        if (!(outcome instanceof Outcome.Failed failed) || !failed.reason().retryable()) {
            return replies.finish(outcome);
        }
        Topics.Retry when = Topics.Retry.after(job.attempt());
        Instant due = due(when);
        boolean again =
                job.attempt() < attempts
                        && claimed.run() < attempts
                        // Later nobody waits; the reason says more than that the time was up.
                        && due.isBefore(job.deadline());
        return again
                ? tryAgain(claimed, replies, failed.reason(), when, due)
                : giveUp(claimed, replies, failed, trace);
    }

    /** A record of a newer release comes back unchanged, for a worker that can read it. */
    public CompletableFuture<?> putOff(PublishReplies.Waiting record, int waits) {
        return publish.retry(Topics.Retry.LATEST, record, due(Topics.Retry.LATEST), waits);
    }

    /** Spread, so that jobs that failed together do not come back together. */
    private Instant due(Topics.Retry when) {
        double jitter = 1 + ThreadLocalRandom.current().nextDouble(JITTER);
        return clock.instant().plusMillis((long) (when.delay().toMillis() * jitter));
    }

    private CompletableFuture<?> tryAgain(
            ClaimedJob claimed,
            PublishReplies.ClaimReplies replies,
            Failure reason,
            Topics.Retry when,
            Instant due) {
        Job job = claimed.job();
        LOG.atWarn()
                .addKeyValue("jobId", job.id().value())
                .addKeyValue("model", job.model().value())
                .addKeyValue("attempt", job.attempt())
                .addKeyValue("reason", reason)
                .addKeyValue("due", due)
                .log("a job failed and is tried again");
        Job next =
                job.nextAttempt(new Job.FailedRun(worker, claimed.run(), clock.instant(), reason));
        var retrying =
                new JobEvent.Retrying(
                        job.id(),
                        job.model(),
                        job.lane(),
                        claimed.partition(),
                        claimed.claim(),
                        reason,
                        due);
        var record =
                new PublishReplies.Waiting(
                        Topics.queue(job.model(), job.lane()),
                        job.id().value(),
                        Codec.encode(next));
        return CompletableFuture.allOf(
                replies.announce(), publish.event(retrying), publish.retry(when, record, due, 0));
    }

    /**
     * Tells the client, and keeps the job as a dead letter.
     *
     * @param trace of the last failure; empty where it left none
     */
    public CompletableFuture<?> giveUp(
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
                publish.dead(letter, job.id().value()), replies.finish(failed));
    }

    /** A record that is no job: its bytes are kept, and nobody can be told. */
    public CompletableFuture<?> undecodable(String key, byte @Nullable [] value, String why) {
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
}
