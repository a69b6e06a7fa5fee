package holt.worker;

import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.Task;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One loaded model, as the worker sees it. All methods may be called from any thread. */
public interface ModelRunner extends AutoCloseable {
    KnownModel model();

    /** Jobs that run at once. */
    int slots();

    /**
     * Hands a task to the engine and returns.
     *
     * @param id unique among those that run
     * @param replies told of deltas and progress, on the engine's thread; it must not block
     */
    Running start(String id, Lane lane, Task task, Consumer<Reply> replies);

    /** Whether the device has failed for good, so that only another process can serve. */
    default boolean broken() {
        return false;
    }

    /** How long the engine has made no progress with work before it; zero when idle. */
    Duration sinceProgress();

    @Override
    void close();

    /**
     * A task in the engine.
     *
     * @param outcome completed by the engine, or by whoever ends the task earlier; the first wins
     * @param stop makes the engine stop within one step; without effect on a finished task
     * @param trace what the engine says of a failure, for people; empty otherwise
     */
    record Running(CompletableFuture<Outcome> outcome, Runnable stop, Supplier<String> trace) {
        /** A task that leaves no trace of its failure. */
        public Running(CompletableFuture<Outcome> outcome, Runnable stop) {
            this(outcome, stop, () -> "");
        }

        /** Ends the task with this outcome unless it has one. */
        void end(Outcome early) {
            if (outcome.complete(early)) {
                stop.run();
            }
        }
    }
}
