package holt.api.queue.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What callers used in the last hours, folded from the log. Every instance folds the same events, so it has the same figures. The store of the
 * index keeps them with the offsets, so no restart counts a job twice. Not thread-safe: the index guards it with its lock.
 */
public final class CountUsage {
    private static final String NOTE = "usage/";
    private static final byte[] GONE = {};

    /** The owner writes an hour within seconds. Until then no instance forgets it. */
    private static final Duration KEPT = Duration.ofHours(48);

    private final Map<UsageKey, UsageCounts> rows = new HashMap<>();
    private final Set<UsageKey> changed = new HashSet<>();
    private Instant forgotten = Instant.MIN;

    /** Goes on from the notes of a store. */
    public void load(Map<String, byte[]> notes) {
        notes.forEach((name, counts) -> {
            if (name.startsWith(NOTE)) {
                rows.put(UsageKey.of(name.substring(NOTE.length())), UsageCounts.decode(counts));
            }
        });
    }

    public void add(UsageKey key, UsageCounts counts) {
        rows.merge(key, counts, UsageCounts::plus);
        changed.add(key);
    }

    public List<UsageRow> rows() {
        return rows.entrySet().stream()
                .map(row -> new UsageRow(row.getKey(), row.getValue()))
                .toList();
    }

    /**
     * What has changed since the last call, as notes for a store.
     *
     * @param until all earlier events have been folded
     */
    public Map<String, byte[]> takeChanges(Instant until) {
        forgetBefore(until.minus(KEPT).truncatedTo(ChronoUnit.HOURS));
        var notes = new HashMap<String, byte[]>();
        for (UsageKey key : changed) {
            UsageCounts counts = rows.get(key);
            notes.put(NOTE + key.text(), counts == null ? GONE : counts.encode());
        }
        changed.clear();
        return notes;
    }

    private void forgetBefore(Instant hour) {
        if (!hour.isAfter(forgotten)) {
            return;
        }
        forgotten = hour;
        rows.keySet()
                .removeIf(key -> {
                    boolean old = key.hour().isBefore(hour);
                    if (old) {
                        changed.add(key);
                    }
                    return old;
                });
    }
}
