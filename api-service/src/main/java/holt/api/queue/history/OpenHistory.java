package holt.api.queue.history;

import holt.api.queue.index.JobCodec;
import holt.api.queue.index.JobStore;
import holt.api.queue.index.StoreBrokenError;
import holt.kafka.TopicExtent;
import holt.store.ObjectStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the history of jobs on disk. A history that is damaged, of another log, of another version, or not within the log's records is made
 * anew, from a snapshot if there is one. The follower of the log then fills it.
 */
public final class OpenHistory {
    private static final Logger LOG = LoggerFactory.getLogger(OpenHistory.class);

    /** Of the rows and keys of this package. */
    private static final int VERSION = 1;

    private final TopicExtent log;
    private final @Nullable ObjectStore objects;
    private final String identity;

    /**
     * @param log what the broker has of it now
     * @param objects may have snapshots; null if nobody makes any
     */
    public OpenHistory(TopicExtent log, @Nullable ObjectStore objects) {
        this.log = log;
        this.objects = objects;
        this.identity = "holt history " + VERSION + "." + JobCodec.VERSION + " " + log.id();
    }

    /** @param directory of this instance, or of several on one machine */
    public RocksJobStore in(Path directory) {
        HistorySlot slot = HistorySlot.take(directory, identity);
        try {
            NativeLibraryLoader.getInstance().loadLibrary(slot.folder().toString());
            RocksJobStore store = slot.identity() == null ? null : continued(slot);
            return store == null ? begin(slot) : store;
        } catch (Exception e) {
            slot.close();
            throw new IllegalStateException(
                    "holt.history.directory: no history of jobs can be opened in "
                            + slot.folder()
                            + ": "
                            + e,
                    e);
        }
    }

    /** With the newest snapshot, if there is one that the log continues. */
    private RocksJobStore begin(HistorySlot slot) throws RocksDBException {
        slot.clear();
        if (objects != null && fetch(slot, objects)) {
            slot.takeSnapshot(identity);
            RocksJobStore store = continued(slot);
            if (store != null) {
                return store;
            }
            slot.clear();
        }
        var store = new RocksJobStore(slot, identity);
        slot.identify(identity);
        return store;
    }

    private boolean fetch(HistorySlot slot, ObjectStore objects) {
        try {
            boolean fetched = new SnapshotStore(objects, identity).fetch(slot.checkpoint());
            LOG.atInfo()
                    .addKeyValue("directory", slot.folder())
                    .addKeyValue("snapshot", fetched)
                    .log("a history of jobs is begun");
            return fetched;
        } catch (Exception e) {
            HistorySlot.delete(slot.checkpoint());
            LOG.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .log(
                            "no snapshot of the history of jobs can be fetched; this instance reads the log from its beginning");
            return false;
        }
    }

    /** The database, or null with a line in the log if the log cannot continue it. */
    private @Nullable RocksJobStore continued(HistorySlot slot) {
        String unfit = unfit(slot);
        if (unfit == null) {
            try {
                var store = new RocksJobStore(slot, identity);
                unfit = misfit(store);
                if (unfit == null) {
                    return store;
                }
                store.closeDatabase();
            } catch (RocksDBException e) {
                unfit = "it cannot be opened: " + e.getMessage();
            }
        }
        LOG.atWarn()
                .addKeyValue("directory", slot.folder())
                .addKeyValue("reason", unfit)
                .log("a history of jobs cannot go on and is made anew");
        return null;
    }

    /** Why the database cannot be used, before it is opened; null if it can. */
    private @Nullable String unfit(HistorySlot slot) {
        if (!identity.equals(slot.identity())) {
            return "it is of another log or of another version";
        }
        return Files.exists(slot.damaged()) ? "it was found damaged" : null;
    }

    /** Why the log cannot continue the database; null if it can. */
    private @Nullable String misfit(JobStore store) {
        Map<Integer, Long> offsets;
        try {
            offsets = store.offsets();
        } catch (StoreBrokenError e) {
            return "it is damaged";
        }
        for (Map.Entry<Integer, Long> next : offsets.entrySet()) {
            if (next.getValue() < log.begins().getOrDefault(next.getKey(), 0L)) {
                return "the log has deleted events that it lacks";
            }
            if (next.getValue() > log.ends().getOrDefault(next.getKey(), 0L)) {
                return "it has events that the log has lost";
            }
        }
        return null;
    }
}
