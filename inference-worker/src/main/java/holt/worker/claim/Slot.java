package holt.worker.claim;

import holt.protocol.Heartbeat;
import holt.protocol.Job;
import holt.protocol.Reply;
import holt.worker.models.ModelRunner;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The state of one slot: its model, and what it does for the job that it holds. Any thread may read it. */
final class Slot {
    private final ModelRunner runner;
    private volatile @Nullable CompletableFuture<?> step;
    private volatile Heartbeat.@Nullable JobProgress progress;

    Slot(ModelRunner runner) {
        this.runner = runner;
    }

    ModelRunner runner() {
        return runner;
    }

    /** Marks the slot as busy with this step, which {@link #handBack} cancels. */
    <T> CompletableFuture<T> cancellable(CompletableFuture<T> next) {
        step = next;
        return next;
    }

    /** Keeps the progress of the job for heartbeats. Called on the engine's thread. */
    void note(Job job, Reply reply) {
        if (reply instanceof Reply.Progress(int done, int total)) {
            progress = new Heartbeat.JobProgress(job.id(), done, total);
        }
    }

    /** The slot holds no job any more. */
    void free() {
        step = null;
        progress = null;
    }

    /** Cancels the present step, so that the job returns to its queue. A job whose outcome is being published stays. */
    void handBack() {
        CompletableFuture<?> present = step;
        if (present != null) {
            present.cancel(false);
        }
    }

    boolean busy() {
        return step != null;
    }

    /** Null if the job reports none. */
    Heartbeat.@Nullable JobProgress progress() {
        return progress;
    }
}
