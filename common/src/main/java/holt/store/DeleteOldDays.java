package holt.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.stream.Stream;

/** Deletes objects past their retention, in whole days. Keys are {@code <prefix><day, UTC>/<name>}, so key order is day order. */
public final class DeleteOldDays {
    private final ObjectStore store;
    private final InstantSource clock;

    public DeleteOldDays(ObjectStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The beginning of all keys of that day. */
    static String folder(String prefix, Instant time) {
        return prefix + LocalDate.ofInstant(time, ZoneOffset.UTC) + "/";
    }

    /**
     * Deletes the days that ended longer ago than the retention. Several processes may do so at once.
     *
     * @param prefix ends with a slash
     * @param retention how long each object stays at least. It may stay up to a day longer
     * @return the number of deleted objects
     */
    public int under(String prefix, Duration retention) {
        String oldestKept = folder(prefix, clock.instant().minus(retention));
        int deleted = 0;
        try (Stream<StoredKey> objects = store.list(prefix)) {
            Iterator<String> old =
                    objects.map(StoredKey::key)
                            .takeWhile(key -> key.compareTo(oldestKept) < 0)
                            .iterator();
            while (old.hasNext()) {
                store.delete(old.next());
                deleted++;
            }
        }
        return deleted;
    }
}
