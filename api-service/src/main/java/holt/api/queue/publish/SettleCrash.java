package holt.api.queue.publish;

import holt.api.queue.index.JobAddress;
import holt.protocol.ClaimId;
import holt.protocol.DeadLetter;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.Outcome;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what becomes of a job whose worker died: another run, or an end with a dead letter. */
public final class SettleCrash {
    private static final Logger LOG = LoggerFactory.getLogger(SettleCrash.class);

    /** A job with this many runs that failed or crashed does not run again. */
    private static final int MOST_FAILURES = 3;

    private static final Outcome.Failed GIVEN_UP =
            new Outcome.Failed(Failure.WORKER_FAILED, "the worker died while it ran the job");

    private final PublishJobs publish;
    private final InstantSource clock;

    /** @param clock the broker's */
    public SettleCrash(PublishJobs publish, InstantSource clock) {
        this.publish = publish;
        this.clock = clock;
    }

    /**
     * @param claim of the run that crashed; null if no worker has claimed it
     * @return done once the broker has confirmed all that settles the run
     */
    public CompletableFuture<?> settle(Job job, @Nullable ClaimId claim) {
        return job.failures() + 1 < MOST_FAILURES ? runAgain(job, claim) : giveUp(job);
    }

    private CompletableFuture<?> runAgain(Job job, @Nullable ClaimId claim) {
        LOG.atWarn()
                .addKeyValue("jobId", job.id().value())
                .addKeyValue("model", job.model().value())
                .addKeyValue("attempt", job.attempt())
                .log("a job's worker died; the job's next run goes to the queue");
        var crashed = new Job.EarlierRun(null, clock.instant(), Failure.WORKER_FAILED);
        CompletableFuture<?> queued = publish.again(job.nextAttempt(crashed));
        return claim == null
                ? queued
                : queued.thenCompose(
                        _ -> publish.requeued(JobAddress.of(job), claim, Failure.WORKER_FAILED));
    }

    private CompletableFuture<?> giveUp(Job job) {
        LOG.atError()
                .addKeyValue("jobId", job.id().value())
                .addKeyValue("model", job.model().value())
                .addKeyValue("attempt", job.attempt())
                .log("a job's worker died once more; the job fails and becomes a dead letter");
        var letter =
                new DeadLetter(
                        job,
                        null,
                        GIVEN_UP.reason(),
                        GIVEN_UP.message(),
                        job.attempt(),
                        null,
                        clock.instant(),
                        "");
        return CompletableFuture.allOf(
                publish.finished(JobAddress.of(job), GIVEN_UP),
                publish.dead(letter, job.id().value()));
    }
}
