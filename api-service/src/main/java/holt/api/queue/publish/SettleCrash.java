package holt.api.queue.publish;

import holt.api.queue.index.JobAddress;
import holt.protocol.ClaimId;
import holt.protocol.DeadLetter;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.Outcome;
import holt.store.KeepPayload;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
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
    private final KeepPayload keep;
    private final InstantSource clock;

    /** @param clock the broker's */
    public SettleCrash(PublishJobs publish, KeepPayload keep, InstantSource clock) {
        this.publish = publish;
        this.keep = keep;
        this.clock = clock;
    }

    /**
     * @param claim of the run that crashed
     * @return done once the broker has confirmed all that settles the run
     */
    public CompletableFuture<?> settle(Job job, ClaimId claim) {
        return isLast(job) ? giveUp(job) : runAgain(job, claim);
    }

    /** Whether the job does not run again after this run. */
    static boolean isLast(Job job) {
        return job.failures() + 1 >= MOST_FAILURES;
    }

    private CompletableFuture<?> runAgain(Job job, ClaimId claim) {
        LOG.atWarn()
                .addKeyValue("jobId", job.id().value())
                .addKeyValue("model", job.model().value())
                .addKeyValue("attempt", job.attempt())
                .log("a job's worker died; the job's next run goes to the queue");
        var crashed = new Job.EarlierRun(null, clock.instant(), Failure.WORKER_FAILED);
        return publish.again(job.nextAttempt(crashed))
                .thenCompose(
                        _ -> publish.requeued(JobAddress.of(job), claim, Failure.WORKER_FAILED));
    }

    /** Ends the job as failed and keeps it as a dead letter. */
    CompletableFuture<?> giveUp(Job job) {
        LOG.atError()
                .addKeyValue("jobId", job.id().value())
                .addKeyValue("model", job.model().value())
                .addKeyValue("attempt", job.attempt())
                .log("a job's worker died once more; the job fails and becomes a dead letter");
        return CompletableFuture.allOf(
                publish.finished(JobAddress.of(job), GIVEN_UP),
                keep.of(job).thenCompose(kept -> publish.dead(letter(kept), job.id().value())));
    }

    private DeadLetter letter(Job job) {
        return new DeadLetter(
                job,
                null,
                GIVEN_UP.reason(),
                GIVEN_UP.message(),
                job.attempt(),
                null,
                clock.instant(),
                "");
    }
}
