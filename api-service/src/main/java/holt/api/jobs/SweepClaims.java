package holt.api.jobs;

import holt.store.ClaimCheck;
import holt.store.StoreUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes large requests and results that no record in Kafka points to any more. Every instance does it: to delete twice is no harm. */
final class SweepClaims implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SweepClaims.class);

    private final ClaimCheck claims;
    private final InstantSource clock;
    private final Duration kept;

    /**
     * @param clock the broker's
     * @param kept how long Kafka keeps records
     */
    SweepClaims(ClaimCheck claims, InstantSource clock, Duration kept) {
        this.claims = claims;
        this.clock = clock;
        this.kept = kept;
    }

    /** Returns at once. */
    @Override
    public void run() {
        Thread.startVirtualThread(this::sweep);
    }

    private void sweep() {
        var day = LocalDate.ofInstant(clock.instant().minus(kept), ZoneOffset.UTC);
        try {
            int deleted = claims.forgetBefore(day);
            if (deleted > 0) {
                LOG.atInfo().addKeyValue("objects", deleted).log("old claim checks were deleted");
            }
        } catch (StoreUnavailableException e) {
            LOG.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .log("old claim checks could not be deleted; the next try follows in an hour");
        }
    }
}
