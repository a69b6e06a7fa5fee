package holt.worker.settle;

import holt.protocol.Codec;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.Outcome;
import holt.store.ClaimCheck;
import holt.store.ObjectStore;
import holt.store.StoreUnavailableException;
import holt.worker.run.Upload;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts into the object store what an outcome tells of, and itself if it is too large for a record. What was computed is not computed again:
 * while the store is away it is tried again, for as long as the client waits.
 */
public final class StoreOutcome {
    private static final Logger LOG = LoggerFactory.getLogger(StoreOutcome.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    /** So much before its deadline a client can still be told why it gets nothing; shorter than any retry's delay. */
    private static final Duration LAST_WORD = Duration.ofMillis(500);

    private final ObjectStore objects;
    private final ClaimCheck claims;
    private final InstantSource clock;

    /** @param clock the broker's */
    public StoreOutcome(ObjectStore objects, ClaimCheck claims, InstantSource clock) {
        this.objects = objects;
        this.claims = claims;
        this.clock = clock;
    }

    /**
     * @return the outcome as a record can carry it, or its failure for want of a store; who ends the future earlier ends the tries
     */
    public CompletableFuture<Outcome> store(Job job, Outcome outcome, List<Upload> uploads) {
        byte[] bytes = Codec.encode(outcome);
        boolean large = ClaimCheck.isNeededFor(bytes);
        if (!large && uploads.isEmpty()) {
            return CompletableFuture.completedFuture(outcome);
        }
        var stored = new CompletableFuture<Outcome>();
        Supplier<Outcome> last = () -> large ? new Outcome.Stored(claims.put(bytes)) : outcome;
        Thread.startVirtualThread(() -> put(job, new ArrayDeque<>(uploads), last, stored));
        Duration left = Duration.between(clock.instant(), job.deadline().minus(LAST_WORD));
        return stored.completeOnTimeout(
                new Outcome.Failed(
                        Failure.STORAGE_UNAVAILABLE,
                        "the object store was away until the deadline, so the result could not be kept"),
                Math.max(left.toMillis(), AGAIN.toMillis()),
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
                LockSupport.parkNanos(AGAIN.toNanos());
            } catch (RuntimeException e) {
                stored.completeExceptionally(e);
            }
        }
    }
}
