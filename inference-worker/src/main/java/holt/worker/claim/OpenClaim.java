package holt.worker.claim;

import holt.protocol.Heartbeat;
import holt.protocol.Reply;
import holt.worker.report.ClaimedJob;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** A claimed job and the step at which it is. One thread takes it through its steps, any thread may stop it. */
final class OpenClaim {
    /** Why a claim ends before it has an outcome. */
    enum Stop {
        /** This worker drains. The job returns to its queue. */
        HAND_BACK,
        /** The job has ended, or another claim has it. */
        SUPERSEDED
    }

    private final ClaimedJob claimed;
    private @Nullable CompletableFuture<?> step;
    private @Nullable Stop stop;
    private boolean settling;
    private volatile Heartbeat.@Nullable JobProgress progress;

    OpenClaim(ClaimedJob claimed) {
        this.claimed = claimed;
    }

    ClaimedJob claimed() {
        return claimed;
    }

    /**
     * Waits for the next step.
     *
     * @throws java.util.concurrent.CancellationException if the claim was stopped; {@link #whyStopped} says why
     */
    <T> T await(CompletableFuture<T> next) throws ExecutionException, InterruptedException {
        synchronized (this) {
            step = next;
            if (stop != null) {
                next.cancel(false);
            }
        }
        return next.get();
    }

    /**
     * From now on nothing stops the claim: its outcome is being published.
     *
     * @return false if it was stopped before
     */
    synchronized boolean settle() {
        settling = stop == null;
        return settling;
    }

    /** Cancels the present step and all later ones, unless the outcome is being published. */
    synchronized void stop(Stop why) {
        if (!settling && stop == null) {
            stop = why;
            if (step != null) {
                step.cancel(false);
            }
        }
    }

    synchronized @Nullable Stop whyStopped() {
        return stop;
    }

    /** Keeps the progress of the job for heartbeats. Called on the engine's thread. */
    void note(Reply reply) {
        if (reply instanceof Reply.Progress(int done, int total)) {
            progress = new Heartbeat.JobProgress(claimed.job().id(), done, total);
        }
    }

    /** Null if the job reports none. */
    Heartbeat.@Nullable JobProgress progress() {
        return progress;
    }
}
