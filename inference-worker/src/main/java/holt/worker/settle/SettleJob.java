package holt.worker.settle;

import holt.kafka.PublishRetries;
import holt.kafka.Topics;
import holt.protocol.Codec;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.Outcome;
import holt.protocol.WorkerId;
import holt.worker.report.ClaimReplies;
import holt.worker.report.ClaimedJob;
import holt.worker.report.PublishEvents;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes an outcome final: a reply and {@code Finished}, or another attempt, or also a dead letter. No other class does. */
public final class SettleJob {
    private static final Logger LOG = LoggerFactory.getLogger(SettleJob.class);

    private final WorkerId worker;
    private final PublishEvents events;
    private final PublishRetries retries;
    private final PublishDeadLetters deadLetters;
    private final InstantSource clock;
    private final int attempts;

    /**
     * @param clock the broker's
     * @param attempts most runs of a job that fail or crash
     */
    public SettleJob(
            WorkerId worker,
            PublishEvents events,
            PublishRetries retries,
            PublishDeadLetters deadLetters,
            InstantSource clock,
            int attempts) {
        this.worker = worker;
        this.events = events;
        this.retries = retries;
        this.deadLetters = deadLetters;
        this.clock = clock;
        this.attempts = attempts;
    }

    /**
     * @param trace of a failure, for a dead letter
     * @return completes when the broker has all records that settle the job; only then has the run ended
     */
    public CompletableFuture<?> settle(
            ClaimedJob claimed, ClaimReplies replies, Outcome outcome, String trace) {
        if (!(outcome instanceof Outcome.Failed failed) || !failed.reason().retryable()) {
            return finish(claimed, replies, outcome);
        }
        Job job = claimed.job();
        Topics.Retry retry = Topics.Retry.after(job.failures() + 1);
        Instant due = retries.due(retry);
        // After the deadline no client waits. This failure says more than a later timeout.
        boolean again = job.failures() + 1 < attempts && due.isBefore(job.deadline());
        return again
                ? tryAgain(claimed, failed.reason(), retry, due)
                : giveUp(claimed, replies, failed, trace);
    }

    /**
     * Ends the job as failed and keeps it as a dead letter.
     *
     * @param trace of the last failure; may be empty
     * @return as {@link #settle}
     */
    public CompletableFuture<?> giveUp(
            ClaimedJob claimed, ClaimReplies replies, Outcome.Failed failed, String trace) {
        Job job = claimed.job();
        LOG.atError()
                .addKeyValue("jobId", job.id().value())
                .addKeyValue("model", job.model().value())
                .addKeyValue("attempt", job.attempt())
                .addKeyValue("reason", failed.reason())
                .log("a job failed for the last time; it becomes a dead letter");
        return CompletableFuture.allOf(
                deadLetters.job(job, claimed.run(), failed, trace),
                finish(claimed, replies, failed));
    }

    /**
     * Ends a job that waits for its next attempt and has no queue any more. No claim holds it, so its client learns the end from the event.
     *
     * @return completes when the broker has all records that settle the job
     */
    CompletableFuture<?> endWaiting(Job job, Outcome.Failed failed) {
        LOG.atError()
                .addKeyValue("jobId", job.id().value())
                .addKeyValue("model", job.model().value())
                .addKeyValue("attempt", job.attempt())
                .addKeyValue("reason", failed.reason())
                .log("a job's queue is gone; the job fails and becomes a dead letter");
        return CompletableFuture.allOf(
                deadLetters.job(job, job.attempt() - 1, failed, ""),
                events.publish(
                        new JobEvent.Finished(job.id(), job.model(), job.lane(), null, failed)));
    }

    private CompletableFuture<?> tryAgain(
            ClaimedJob claimed, Failure reason, Topics.Retry retry, Instant due) {
        Job job = claimed.job();
        LOG.atWarn()
                .addKeyValue("jobId", job.id().value())
                .addKeyValue("model", job.model().value())
                .addKeyValue("attempt", job.attempt())
                .addKeyValue("reason", reason)
                .addKeyValue("due", due)
                .log("a job failed; another attempt follows");
        Job next = job.nextAttempt(new Job.EarlierRun(worker, clock.instant(), reason));
        var retrying =
                new JobEvent.Retrying(
                        job.id(), job.model(), job.lane(), claimed.claim(), reason, due);
        // The event comes last. If this worker dies in between, the job still counts as running,
        // and runs again.
        return retries.publish(retry, job.model(), job.id().value(), Codec.encode(next), due)
                .thenCompose(_ -> events.publish(retrying));
    }

    private CompletableFuture<?> finish(ClaimedJob claimed, ClaimReplies replies, Outcome outcome) {
        CompletableFuture<?> replied = replies.send(outcome);
        Job job = claimed.job();
        CompletableFuture<?> finished =
                events.publish(
                        new JobEvent.Finished(
                                job.id(),
                                job.model(),
                                job.lane(),
                                claimed.claim(),
                                outcome,
                                job.asked()));
        return CompletableFuture.allOf(replied, finished);
    }
}
