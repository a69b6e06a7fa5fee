package holt.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.stream.Stream;

/** Deletes what was kept long enough, by whole days: keys have the form {@code <prefix><day, UTC>/<name>}, so that their order is that of days. */
public final class ForgetOldDays {
    private final ObjectStore store;
    private final InstantSource clock;

    public ForgetOldDays(ObjectStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** What the keys of that day begin with. */
    static String folder(String prefix, Instant time) {
        return prefix + LocalDate.ofInstant(time, ZoneOffset.UTC) + "/";
    }

    /**
     * Deletes the days that ended before that time. Several processes may do so at once.
     *
     * @param prefix ends with a slash
     * @param kept how long an object is kept at least; it may go up to a day later
     * @return how many objects
     */
    public int under(String prefix, Duration kept) {
        String first = folder(prefix, clock.instant().minus(kept));
        int forgotten = 0;
        try (Stream<StoredKey> objects = store.list(prefix)) {
            Iterator<String> old =
                    objects.map(StoredKey::key)
                            .takeWhile(key -> key.compareTo(first) < 0)
                            .iterator();
            while (old.hasNext()) {
                store.delete(old.next());
                forgotten++;
            }
        }
        return forgotten;
    }
}
