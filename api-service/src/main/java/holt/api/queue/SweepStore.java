package holt.api.queue;

import holt.store.DeleteOldDays;
import holt.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes old pictures, and the large requests and outcomes that no record in Kafka can still name. Every instance does this. A second
 * deletion does no harm.
 */
final class SweepStore implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SweepStore.class);

    private final DeleteOldDays forget;
    private final Map<String, Duration> lives;

    /** @param lives how long objects live, by prefix */
    SweepStore(DeleteOldDays forget, Map<String, Duration> lives) {
        this.forget = forget;
        this.lives = lives;
    }

    /** Returns at once. */
    @Override
    public void run() {
        Thread.startVirtualThread(() -> lives.forEach(this::sweep));
    }

    private void sweep(String prefix, Duration life) {
        try {
            int deleted = forget.under(prefix, life);
            if (deleted > 0) {
                LOG.atInfo()
                        .addKeyValue("prefix", prefix)
                        .addKeyValue("objects", deleted)
                        .log("old objects were deleted");
            }
        } catch (StoreUnavailableException e) {
            LOG.atWarn()
                    .addKeyValue("prefix", prefix)
                    .addKeyValue("reason", e.getMessage())
                    .log("old objects could not be deleted; the next try follows in an hour");
        }
    }
}
