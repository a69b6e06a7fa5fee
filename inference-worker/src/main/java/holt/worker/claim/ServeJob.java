package holt.worker.claim;

import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.Outcome;
import holt.worker.metrics.JobMetrics;
import holt.worker.models.ModelRunner;
import holt.worker.models.ModelRunner.Running;
import holt.worker.models.RunResult;
import holt.worker.report.ClaimReplies;
import holt.worker.report.ClaimedJob;
import holt.worker.report.PublishReplies;
import holt.worker.run.RunJob;
import holt.worker.settle.SetAside;
import holt.worker.settle.SettleJob;
import holt.worker.settle.StoreOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one claimed job through all stages: own its run, run, store, settle. */
public final class ServeJob {
    private static final Logger LOG = LoggerFactory.getLogger(ServeJob.class);
    private static final Duration SKEW = Duration.ofMinutes(1);

    /** Then a job that is turned away again ends. */
    private static final int MOST_HAND_BACKS = 20;

    private final RunOwners owners;
    private final EventLog log;
    private final RunJob run;
    private final StoreOutcome store;
    private final SettleJob settle;
    private final SetAside setAside;
    private final PublishReplies publish;
    private final JobMetrics metrics;

    public ServeJob(
            RunOwners owners,
            EventLog log,
            RunJob run,
            StoreOutcome store,
            SettleJob settle,
            SetAside setAside,
            PublishReplies publish,
            JobMetrics metrics) {
        this.owners = owners;
        this.log = log;
        this.run = run;
        this.store = store;
        this.settle = settle;
        this.setAside = setAside;
        this.publish = publish;
        this.metrics = metrics;
    }

    /**
     * Returns once the job is settled, or is another's.
     *
     * @param first whether the claim's {@code Started} is the first of its run
     * @param queued when the broker got the job's record
     */
    void serve(
            OpenClaim claim, CompletableFuture<Boolean> first, Instant queued, ModelRunner runner) {
        try {
            try {
                if (claim.await(first) && !isTakenSince(queued, claim.claimed())) {
                    serve(claim, runner);
                }
            } catch (CancellationException e) {
                stopped(claim);
            }
        } catch (ExecutionException | RuntimeException e) {
            LOG.atError()
                    .addKeyValue("jobId", claim.claimed().job().id().value())
                    .setCause(e)
                    .log("a claim failed; the job's next run follows");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks into the log if the record is older than what this worker remembers. Only what stands before the claim's own event counts. */
    private boolean isTakenSince(Instant queued, ClaimedJob claimed) {
        // The clocks of two brokers may differ.
        Instant since = queued.minus(SKEW);
        if (owners.knowsAllSince(since)) {
            return false;
        }
        boolean[] taken = {false};
        boolean[] own = {false};
        log.read(
                claimed.job().id(),
                since,
                event -> {
                    switch (event) {
                        case JobEvent.Finished _ -> taken[0] |= !own[0];
                        case JobEvent.Started started -> {
                            own[0] |= started.claim().equals(claimed.claim());
                            taken[0] |= !own[0] && started.run() >= claimed.run();
                        }
                        // The key begins anew.
                        case JobEvent.Claimed _ -> taken[0] = false;
                        case JobEvent.Accepted _, JobEvent.Retrying _, JobEvent.Requeued _ -> {}
                    }
                });
        return taken[0];
    }

    private void serve(OpenClaim claim, ModelRunner runner)
            throws ExecutionException, InterruptedException {
        ClaimedJob claimed = claim.claimed();
        Job job = claimed.job();
        ClaimReplies replies = publish.open(claimed);
        Outcome refusal = run.refusal(job);
        if (refusal != null) {
            settle(claim, replies, refusal, "");
            return;
        }
        metrics.started(job);
        long started = System.nanoTime();
        CompletableFuture<Running> starting =
                run.start(
                        job,
                        claimed.claim(),
                        runner,
                        reply -> {
                            claim.note(reply);
                            replies.accept(reply);
                        });
        try {
            RunResult result = claim.await(claim.await(starting).result());
            if (result.turnedAway() && job.handBacks() < MOST_HAND_BACKS) {
                putBack(claim);
                return;
            }
            metrics.ended(job, result.outcome(), System.nanoTime() - started);
            Outcome stored = claim.await(run.cancellable(job, store.store(job, result)));
            settle(claim, replies, stored, result.trace());
        } finally {
            if (!starting.cancel(false)) {
                starting.resultNow().stop().run();
            }
        }
    }

    private void putBack(OpenClaim claim) throws ExecutionException, InterruptedException {
        if (claim.settle()) {
            LOG.atInfo()
                    .addKeyValue("jobId", claim.claimed().job().id().value())
                    .log("the engine turned a job away; the job returns to its queue");
            setAside.handBack(claim.claimed()).get();
        } else {
            stopped(claim);
        }
    }

    private void settle(OpenClaim claim, ClaimReplies replies, Outcome outcome, String trace)
            throws ExecutionException, InterruptedException {
        if (claim.settle()) {
            settle.settle(claim.claimed(), replies, outcome, trace).get();
        } else {
            stopped(claim);
        }
    }

    private void stopped(OpenClaim claim) throws ExecutionException, InterruptedException {
        switch (claim.whyStopped()) {
            case HAND_BACK -> {
                LOG.atInfo()
                        .addKeyValue("jobId", claim.claimed().job().id().value())
                        .log("this worker drains and hands a job back to its queue");
                setAside.handBack(claim.claimed()).get();
            }
            case SUPERSEDED ->
                    LOG.atInfo()
                            .addKeyValue("jobId", claim.claimed().job().id().value())
                            .log("a job has ended or runs elsewhere; its run here stops");
            case null -> throw new IllegalStateException("a claim that nobody stopped");
        }
    }
}
