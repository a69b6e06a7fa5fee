package holt.worker.run;

import holt.protocol.Codec;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.Outcome;
import holt.protocol.Payload;
import holt.protocol.Reply;
import holt.protocol.Task;
import holt.protocol.UnreadableRecordException;
import holt.store.ClaimCheck;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a claimed job into its outcome: by the engine, unless its deadline or a revocation comes first. */
public final class RunJob implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunJob.class);
    private static final Outcome EXPIRED =
            new Outcome.Failed(Failure.TIMEOUT, "the deadline passed before the job had finished");

    /** An API instance ends what nobody else has ended, a minute after its deadline. */
    private static final Duration LONG_OVER = Duration.ofMinutes(2);

    private final Revocations revocations;
    private final ClaimCheck claims;
    private final InstantSource clock;
    private final ScheduledThreadPoolExecutor deadlines =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("deadlines").factory());

    /** @param clock the broker's */
    public RunJob(Revocations revocations, ClaimCheck claims, InstantSource clock) {
        this.revocations = revocations;
        this.claims = claims;
        this.clock = clock;
        deadlines.setRemoveOnCancelPolicy(true);
    }

    /** Why the job is not to be started at all; null if it is. */
    public @Nullable Outcome refusal(Job job) {
        if (revocations.contains(job.id())) {
            return new Outcome.Cancelled();
        }
        return clock.instant().isAfter(job.deadline()) ? EXPIRED : null;
    }

    /** Whether the job has had its end for long, whoever gave it. */
    public boolean isLongOver(Job job) {
        return clock.instant().isAfter(job.deadline().plus(LONG_OVER));
    }

    /**
     * Hands the job to the engine, at once or when the object store has given the request. Who cancels the future before keeps it from the
     * engine.
     *
     * @param replies told of deltas and progress, on the engine's thread
     */
    public CompletableFuture<ModelRunner.Running> start(
            ClaimedJob claimed, ModelRunner runner, Consumer<Reply> replies) {
        return switch (claimed.job().payload()) {
            case Payload.Inline(Task task) ->
                    CompletableFuture.completedFuture(run(claimed, task, runner, replies));
            case Payload.Stored stored -> {
                var starting = new CompletableFuture<ModelRunner.Running>();
                Thread.startVirtualThread(() -> {
                    ModelRunner.Running running = fetchAndRun(claimed, stored, runner, replies);
                    if (!starting.complete(running)) {
                        running.stop().run();
                    }
                });
                yield starting;
            }
        };
    }

    private ModelRunner.Running fetchAndRun(
            ClaimedJob claimed,
            Payload.Stored stored,
            ModelRunner runner,
            Consumer<Reply> replies) {
        Job job = claimed.job();
        Task task;
        try {
            task = Codec.decode(claims.get(stored.object()), Task.class);
        } catch (UnreadableRecordException | RuntimeException e) {
            return ended(UnreadableParts.failure(e), job, e);
        }
        return run(claimed, task, runner, replies);
    }

    private ModelRunner.Running run(
            ClaimedJob claimed, Task task, ModelRunner runner, Consumer<Reply> replies) {
        Job job = claimed.job();
        ModelRunner.Running running;
        try {
            running = runner.start(claimed.claim().value(), job.lane(), task, replies);
        } catch (RuntimeException e) {
            return ended(
                    new Outcome.Failed(Failure.WORKER_FAILED, "the engine did not take the job"),
                    job,
                    e);
        }
        Duration left = Duration.between(clock.instant(), job.deadline());
        ScheduledFuture<?> deadline =
                deadlines.schedule(
                        () -> running.end(EXPIRED), left.toMillis(), TimeUnit.MILLISECONDS);
        revocations.started(job.id(), running);
        running.outcome()
                .whenComplete((_, _) -> {
                    deadline.cancel(false);
                    revocations.ended(job.id(), running);
                });
        return running;
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
    }

    private static ModelRunner.Running ended(Outcome.Failed failed, Job job, Exception cause) {
        LOG.atWarn()
                .addKeyValue("jobId", job.id().value())
                .addKeyValue("retryable", failed.reason().retryable())
                .setCause(cause)
                .log("a job could not be started; it is tried again if that can help");
        return ModelRunner.Running.over(failed);
    }
}
