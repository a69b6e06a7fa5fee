package holt.worker;

import holt.protocol.Codec;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.Outcome;
import holt.store.ClaimCheck;
import holt.store.StoreUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts an outcome that is too large for a record into the object store. What was computed is not computed again: while the store is away it
 * is tried again, for as long as the client waits.
 */
final class StoreOutcome {
    private static final Logger LOG = LoggerFactory.getLogger(StoreOutcome.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    /** So much before its deadline a client can still be told why it gets nothing; shorter than any retry's delay. */
    private static final Duration LAST_WORD = Duration.ofMillis(500);

    private final ClaimCheck claims;
    private final InstantSource clock;

    /** @param clock the broker's */
    StoreOutcome(ClaimCheck claims, InstantSource clock) {
        this.claims = claims;
        this.clock = clock;
    }

    /**
     * @return the outcome as a record can carry it, or its failure for want of a store; who ends the future earlier ends the tries
     */
    CompletableFuture<Outcome> store(Job job, Outcome outcome) {
        byte[] bytes = Codec.encode(outcome);
        if (!ClaimCheck.isNeededFor(bytes)) {
            return CompletableFuture.completedFuture(outcome);
        }
        var stored = new CompletableFuture<Outcome>();
        Thread.startVirtualThread(() -> put(bytes, job, stored));
        Duration left = Duration.between(clock.instant(), job.deadline().minus(LAST_WORD));
        return stored.completeOnTimeout(
                new Outcome.Failed(
                        Failure.STORAGE_UNAVAILABLE,
                        "the object store was away until the deadline, so the result could not be kept"),
                Math.max(left.toMillis(), AGAIN.toMillis()),
                TimeUnit.MILLISECONDS);
    }

    private void put(byte[] bytes, Job job, CompletableFuture<Outcome> stored) {
        while (!stored.isDone()) {
            try {
                stored.complete(new Outcome.Stored(claims.put(bytes)));
            } catch (StoreUnavailableException e) {
                LOG.atWarn()
                        .addKeyValue("jobId", job.id().value())
                        .addKeyValue("reason", e.getMessage())
                        .log("a large result was not stored; the next try follows");
                LockSupport.parkNanos(AGAIN.toNanos());
            } catch (RuntimeException e) {
                stored.completeExceptionally(e);
            }
        }
    }
}
