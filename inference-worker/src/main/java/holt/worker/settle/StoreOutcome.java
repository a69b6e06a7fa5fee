package holt.worker.settle;

import holt.protocol.Codec;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.Outcome;
import holt.store.ClaimCheck;
import holt.store.ObjectStore;
import holt.store.StoreUnavailableException;
import holt.worker.models.RunResult;
import holt.worker.models.Upload;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores a run's uploads, and its outcome if it is too large for a record. While the store is unavailable, it tries again until the
 * deadline, so that no result is computed twice.
 */
public final class StoreOutcome {
    private static final Logger LOG = LoggerFactory.getLogger(StoreOutcome.class);

    /** Time before the deadline in which the client can still learn the reason. Shorter than any retry's delay. */
    private static final Duration TIME_TO_TELL = Duration.ofMillis(500);

    private final ObjectStore objects;
    private final ClaimCheck claims;
    private final InstantSource clock;
    private final Duration pause;

    /** @param clock the broker's */
    public StoreOutcome(ObjectStore objects, ClaimCheck claims, InstantSource clock) {
        this(objects, claims, clock, Duration.ofSeconds(1));
    }

    /** @param pause between two tries */
    StoreOutcome(ObjectStore objects, ClaimCheck claims, InstantSource clock, Duration pause) {
        this.objects = objects;
        this.claims = claims;
        this.clock = clock;
        this.pause = pause;
    }

    /** @return the outcome as a record can carry it, or a failure if the store stays unavailable; cancelling it ends the tries */
    public CompletableFuture<Outcome> store(Job job, RunResult result) {
        Outcome outcome = result.outcome();
        byte[] bytes = Codec.encode(outcome);
        boolean large = ClaimCheck.isNeededFor(bytes);
        if (!large && result.uploads().isEmpty()) {
            return CompletableFuture.completedFuture(outcome);
        }
        var stored = new CompletableFuture<Outcome>();
        Supplier<Outcome> last =
                () -> large ? new Outcome.Stored(claims.put(bytes), outcome.tokens()) : outcome;
        Thread.startVirtualThread(() -> put(job, new ArrayDeque<>(result.uploads()), last, stored));
        Duration left = Duration.between(clock.instant(), job.deadline().minus(TIME_TO_TELL));
        return stored.completeOnTimeout(
                new Outcome.Failed(
                        Failure.STORAGE_UNAVAILABLE,
                        "the object store was unavailable until the deadline, so the result was lost"),
                Math.max(left.toMillis(), pause.toMillis()),
                TimeUnit.MILLISECONDS);
    }

    private void put(
            Job job,
            Queue<Upload> uploads,
            Supplier<Outcome> last,
            CompletableFuture<Outcome> stored) {
        while (!stored.isDone()) {
            try {
                Upload next = uploads.peek();
                if (next == null) {
                    stored.complete(last.get());
                } else {
                    objects.put(next.key(), next.bytes(), next.contentType());
                    uploads.remove();
                }
            } catch (StoreUnavailableException e) {
                LOG.atWarn()
                        .addKeyValue("jobId", job.id().value())
                        .addKeyValue("reason", e.getMessage())
                        .log("a result was not stored; the next try follows");
                LockSupport.parkNanos(pause.toNanos());
            } catch (RuntimeException e) {
                stored.completeExceptionally(e);
            }
        }
    }
}
