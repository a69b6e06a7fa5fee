package holt.worker.run;

import holt.protocol.Failure;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.Task;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One loaded model, as the worker sees it. All methods may be called from any thread. */
public interface ModelRunner extends AutoCloseable {
    /** Of a task that no model of this kind can do. */
    Outcome OTHER_KIND =
            new Outcome.Failed(Failure.INVALID_MODEL_KIND, "model: it does other things", "model");

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
     * @param uploads what the outcome tells of, once there is one
     */
    record Running(
            CompletableFuture<Outcome> outcome,
            Runnable stop,
            Supplier<String> trace,
            Supplier<List<Upload>> uploads) {
        /** A task whose outcome is all that it comes to. */
        public Running(CompletableFuture<Outcome> outcome, Runnable stop, Supplier<String> trace) {
            this(outcome, stop, trace, List::of);
        }

        /** A task that leaves no trace of its failure. */
        public Running(CompletableFuture<Outcome> outcome, Runnable stop) {
            this(outcome, stop, () -> "");
        }

        /** A task that has ended before it began. */
        static Running over(Outcome outcome) {
            return new Running(CompletableFuture.completedFuture(outcome), () -> {});
        }

        /** Ends the task with this outcome unless it has one. */
        void end(Outcome early) {
            if (outcome.complete(early)) {
                stop.run();
            }
        }
    }
}
