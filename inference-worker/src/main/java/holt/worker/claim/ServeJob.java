package holt.worker.claim;

import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.Outcome;
import holt.worker.models.ModelRunner.Running;
import holt.worker.models.RunResult;
import holt.worker.report.ClaimReplies;
import holt.worker.report.ClaimedJob;
import holt.worker.report.PublishReplies;
import holt.worker.run.RunJob;
import holt.worker.settle.SettleJob;
import holt.worker.settle.StoreOutcome;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Takes one claimed job through all stages: run, store, settle. */
public final class ServeJob {
    /** {@code Started} of a run that ends sooner goes with its end, in one request. On its own it would delay the end. */
    private static final Duration SHORT_RUN = Duration.ofMillis(10);

    private final RunJob run;
    private final StoreOutcome store;
    private final SettleJob settle;
    private final PublishReplies publish;

    public ServeJob(RunJob run, StoreOutcome store, SettleJob settle, PublishReplies publish) {
        this.run = run;
        this.store = store;
        this.settle = settle;
        this.publish = publish;
    }

    /**
     * Returns once the job is settled.
     *
     * @param redelivered whether an earlier worker may have crashed
     * @throws java.util.concurrent.CancellationException if the slot hands the job back
     */
    void serve(ClaimedJob claimed, boolean redelivered, Slot slot, Lease lease)
            throws LeaseLostException, ExecutionException, InterruptedException {
        Job job = claimed.job();
        ClaimReplies replies = publish.open(claimed);
        Outcome refusal = run.refusal(job);
        if (refusal != null) {
            lease.await(settle.settle(claimed, replies, refusal, ""));
            return;
        }
        if (redelivered) {
            // If this worker crashes too, the next one must find this start in the log.
            lease.await(replies.publishStarted());
        }
        CompletableFuture<Running> starting =
                slot.cancellable(
                        run.start(
                                job,
                                claimed.claim(),
                                slot.runner(),
                                reply -> {
                                    slot.note(job, reply);
                                    replies.accept(reply);
                                }));
        try {
            CompletableFuture<RunResult> end = slot.cancellable(lease.await(starting).result());
            if (!endsSoon(end)) {
                var _ = replies.publishStarted();
            }
            RunResult result = lease.await(end);
            Outcome stored = lease.await(slot.cancellable(store.store(job, result)));
            lease.await(settle.settle(claimed, replies, stored, result.trace()));
        } finally {
            if (!starting.cancel(false)) {
                starting.resultNow().stop().run();
            }
        }
    }

    /** Ends a job that crashed too many workers. Returns once it is settled. */
    void giveUp(ClaimedJob claimed, int crashes, Lease lease)
            throws LeaseLostException, ExecutionException, InterruptedException {
        var failed =
                new Outcome.Failed(
                        Failure.WORKER_FAILED, "the job crashed its worker " + crashes + " times");
        lease.await(settle.giveUp(claimed, publish.open(claimed), failed, ""));
    }

    private static boolean endsSoon(CompletableFuture<?> end) throws InterruptedException {
        try {
            end.get(SHORT_RUN.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException | CancellationException e) {
            // The lease's wait throws it again.
            return true;
        }
    }
}
