package holt.api.queue.history;

import holt.store.ObjectStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a snapshot of the history into the object store from time to time, for instances without one. The owner of the work does it for all.
 * Two owners at once do no harm: each snapshot is whole, and one that lacks a part is not used.
 */
public final class KeepSnapshots {
    private static final Logger LOG = LoggerFactory.getLogger(KeepSnapshots.class);
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

    private final RocksJobStore history;
    private final SnapshotStore snapshots;
    private final Duration every;
    private final InstantSource clock;
    private final AtomicBoolean working = new AtomicBoolean();
    private Instant next = Instant.MIN;

    /**
     * @param every time between two snapshots; zero for none
     * @param clock the broker's
     */
    public KeepSnapshots(
            RocksJobStore history, ObjectStore store, Duration every, InstantSource clock) {
        this.history = history;
        this.snapshots = new SnapshotStore(store, history.identity());
        this.every = every;
        this.clock = clock;
    }

    /** Returns at once. A snapshot takes minutes, on a thread of its own. */
    public void run() {
        Instant now = clock.instant();
        if (every.isZero() || now.isBefore(next) || !working.compareAndSet(false, true)) {
            return;
        }
        next = now.plus(LOOK_EVERY.compareTo(every) < 0 ? LOOK_EVERY : every);
        Thread.ofPlatform()
                .daemon()
                .name("snapshot")
                .start(() -> {
                    try {
                        work(now);
                    } finally {
                        working.set(false);
                    }
                });
    }

    void work(Instant now) {
        try {
            if (now.isBefore(snapshots.newest().plus(every))) {
                return;
            }
            Path files = history.checkpoint();
            int parts;
            try {
                parts = snapshots.put(files, now);
            } finally {
                history.deleteCheckpoint();
            }
            LOG.atInfo()
                    .addKeyValue("newParts", parts)
                    .addKeyValue("deletedObjects", snapshots.sweep(now))
                    .log("a snapshot of the history of jobs was stored");
        } catch (Exception e) {
            LOG.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .log("no snapshot of the history of jobs was stored; the next try follows");
        }
    }
}
