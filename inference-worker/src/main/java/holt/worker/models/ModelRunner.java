package holt.worker.models;

import holt.protocol.Failure;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.Task;
import holt.protocol.TraceContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One loaded model, as the worker sees it. Any thread may call any method. */
public interface ModelRunner extends AutoCloseable {
    /** The answer to a task of another kind of model. */
    Outcome OTHER_KIND =
            new Outcome.Failed(
                    Failure.INVALID_MODEL_KIND, "model does not support this task", "model");

    KnownModel model();

    /** Number of jobs that run at once. It may change. */
    int slots();

    /**
     * Hands a task to the engine and returns. It may wait for the task's parts in the object store.
     *
     * @param id unique among the running tasks
     * @param replies receives deltas and progress on the engine's thread, and must not block; nothing arrives after the result
     */
    Running start(String id, Lane lane, Task task, Consumer<Reply> replies);

    /**
     * The same, as a part of a trace.
     *
     * @param trace null: none
     */
    default Running start(
            String id,
            Lane lane,
            Task task,
            @Nullable TraceContext trace,
            Consumer<Reply> replies) {
        return start(id, lane, task, replies);
    }

    /** Whether the device has failed for good. Then only a new process can serve. */
    default boolean broken() {
        return false;
    }

    /** Whether the model is served. While it is not, heartbeats leave it out unless a job still runs. */
    default boolean served() {
        return true;
    }

    /** Whether the engine takes another job now. Nothing is claimed while it does not. */
    default boolean ready() {
        return true;
    }

    /** Time since the last engine step while there is work; zero if the engine is idle. */
    Duration sinceProgress();

    @Override
    void close();

    /**
     * A task in the engine.
     *
     * @param result completed by the engine, or earlier by {@link #end}; the first one counts
     * @param stop ends the task in the engine within one step; has no effect on a finished task
     * @param cutShort lets the engine complete the task soon with what it has, if it can
     */
    record Running(CompletableFuture<RunResult> result, Runnable stop, Runnable cutShort) {
        /** A task that has no result before its end. */
        public Running(CompletableFuture<RunResult> result, Runnable stop) {
            this(result, stop, () -> {});
        }

        /** A task that ended before it reached an engine. */
        public static Running ended(RunResult result) {
            return new Running(CompletableFuture.completedFuture(result), () -> {});
        }

        /** Ends the task with this outcome, unless it already has a result. */
        public void end(Outcome early) {
            if (result.complete(new RunResult(early))) {
                stop.run();
            }
        }
    }
}
