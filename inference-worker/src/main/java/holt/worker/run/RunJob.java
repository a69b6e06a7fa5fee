package holt.worker.run;

import holt.protocol.ClaimId;
import holt.protocol.Codec;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.Outcome;
import holt.protocol.Payload;
import holt.protocol.Reply;
import holt.protocol.Task;
import holt.protocol.UnreadableRecordException;
import holt.store.ClaimCheck;
import holt.worker.models.FetchFailures;
import holt.worker.models.ModelRunner;
import holt.worker.models.ModelRunner.Running;
import holt.worker.models.RunResult;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a claimed job on the engine, until its result, its deadline or a cancellation. */
public final class RunJob implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunJob.class);
    private static final Outcome EXPIRED =
            new Outcome.Failed(Failure.TIMEOUT, "the deadline passed before the job had finished");

    /** The API lets such a job pass only while all workers of the model can do it. */
    private static final Outcome UNABLE =
            new Outcome.Failed(
                    Failure.UNSUPPORTED_PARAMETER,
                    "the model's worker can no longer do what the request needs");

    /** The longest time in which the end of a text that is cut short reaches its client. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    /** A short job gives this part of its time to its end. */
    private static final int LAST_PART = 10;

    private final Revocations revocations;
    private final ClaimCheck requests;
    private final InstantSource clock;
    private final ScheduledThreadPoolExecutor deadlines =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("deadlines").factory());

    /**
     * @param requests holds the requests that are too large for a record
     * @param clock the broker's
     */
    public RunJob(Revocations revocations, ClaimCheck requests, InstantSource clock) {
        this.revocations = revocations;
        this.requests = requests;
        this.clock = clock;
        deadlines.setRemoveOnCancelPolicy(true);
    }

    /** The outcome of a job that must not start: cancelled or expired. Null if it may start. */
    public @Nullable Outcome refusal(Job job) {
        if (revocations.contains(job.id())) {
            return new Outcome.Cancelled();
        }
        return clock.instant().isAfter(job.deadline()) ? EXPIRED : null;
    }

    /**
     * Hands the job to the engine: at once, or after its request has arrived from the object store. Cancelling the future keeps the job from
     * the engine.
     *
     * @param replies receives deltas and progress on the engine's thread
     */
    public CompletableFuture<Running> start(
            Job job, ClaimId claim, ModelRunner runner, Consumer<Reply> replies) {
        return switch (job.payload()) {
            case Payload.Inline(Task task) when !task.hasObjects() ->
                    CompletableFuture.completedFuture(run(job, claim, task, runner, replies));
            // The runner fetches the task's parts.
            case Payload.Inline(Task task) -> later(() -> run(job, claim, task, runner, replies));
            case Payload.Stored stored ->
                    later(() -> fetchAndRun(job, claim, stored, runner, replies));
        };
    }

    private static CompletableFuture<Running> later(Supplier<Running> start) {
        var starting = new CompletableFuture<Running>();
        Thread.startVirtualThread(() -> {
            Running running = start.get();
            if (!starting.complete(running)) {
                running.stop().run();
            }
        });
        return starting;
    }

    private Running fetchAndRun(
            Job job,
            ClaimId claim,
            Payload.Stored stored,
            ModelRunner runner,
            Consumer<Reply> replies) {
        Task task;
        try {
            task = Codec.decode(requests.get(stored.object()), Task.class);
        } catch (UnreadableRecordException | RuntimeException e) {
            return ended(FetchFailures.outcome(e), job, e);
        }
        return run(job, claim, task, runner, replies);
    }

    private Running run(
            Job job, ClaimId claim, Task task, ModelRunner runner, Consumer<Reply> replies) {
        if (!runner.model().abilities().containsAll(job.needs())) {
            return Running.ended(new RunResult(UNABLE));
        }
        Running running;
        try {
            // Each run of a job writes the same text, so that a stream can go on.
            running =
                    runner.start(
                            claim.value(),
                            job.lane(),
                            task.withSeed(job.id().seed()),
                            job.trace(),
                            replies);
        } catch (RuntimeException e) {
            return ended(
                    new Outcome.Failed(Failure.WORKER_FAILED, "the engine did not take the job"),
                    job,
                    e);
        }
        Duration left = Duration.between(clock.instant(), job.deadline());
        ScheduledFuture<?> nearEnd = after(left.minus(lastWords(job)), running.cutShort());
        ScheduledFuture<?> deadline = after(left, () -> running.end(EXPIRED));
        Runnable cancel = () -> running.end(new Outcome.Cancelled());
        revocations.started(job.id(), cancel);
        running.result()
                .whenComplete((_, _) -> {
                    nearEnd.cancel(false);
                    deadline.cancel(false);
                    revocations.ended(job.id(), cancel);
                });
        return running;
    }

    private ScheduledFuture<?> after(Duration time, Runnable action) {
        return deadlines.schedule(action, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Duration lastWords(Job job) {
        Duration part = Duration.between(job.created(), job.deadline()).dividedBy(LAST_PART);
        return part.compareTo(LAST_WORDS) < 0 ? part : LAST_WORDS;
    }

    /**
     * Lets a cancellation end a stage after the run, such as the wait for the object store.
     *
     * @return the stage itself. If the job is cancelled first, it completes as cancelled
     */
    public CompletableFuture<Outcome> cancellable(Job job, CompletableFuture<Outcome> stage) {
        if (!stage.isDone()) {
            Runnable cancel = () -> stage.complete(new Outcome.Cancelled());
            revocations.started(job.id(), cancel);
            stage.whenComplete((_, _) -> revocations.ended(job.id(), cancel));
        }
        return stage;
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
    }

    private static Running ended(Outcome.Failed failed, Job job, Exception cause) {
        LOG.atWarn()
                .addKeyValue("jobId", job.id().value())
                .addKeyValue("retryable", failed.reason().retryable())
                .setCause(cause)
                .log("a job could not be started; it is tried again if retryable");
        return Running.ended(new RunResult(failed));
    }
}
