package holt.api.queue.usage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rows of {@code holt.usage}. Of two records of a row the larger numbers count, so a stale writer does no harm. */
public final class UsageTotals {
    private final Map<UsageKey, UsageCounts> totals = new HashMap<>();

    /** The rows whose newest record has less than an earlier one. Compaction would keep that. */
    private final Set<UsageKey> lowered = new HashSet<>();

    UsageTotals() {}

    synchronized void written(UsageRow row) {
        UsageCounts counts = totals.merge(row.key(), row.counts(), UsageCounts::most);
        if (counts.equals(row.counts())) {
            lowered.remove(row.key());
        } else {
            lowered.add(row.key());
        }
    }

    synchronized void forget(UsageKey key) {
        totals.remove(key);
        lowered.remove(key);
    }

    /** All rows, also those that have only been folded so far. */
    public synchronized List<UsageRow> with(List<UsageRow> folded) {
        var all = new HashMap<>(totals);
        folded.forEach(row -> all.merge(row.key(), row.counts(), UsageCounts::most));
        return all.entrySet().stream()
                .map(row -> new UsageRow(row.getKey(), row.getValue()))
                .toList();
    }

    /** The rows that the topic does not have as they are. */
    synchronized List<UsageRow> missing(List<UsageRow> folded) {
        var missing = new ArrayList<UsageRow>();
        for (UsageRow row : folded) {
            UsageCounts known = totals.get(row.key());
            UsageCounts right = known == null ? row.counts() : known.most(row.counts());
            if (!right.equals(known) && !lowered.contains(row.key())) {
                missing.add(new UsageRow(row.key(), right));
            }
        }
        for (UsageKey key : lowered) {
            UsageCounts known = totals.get(key);
            if (known != null) {
                missing.add(new UsageRow(key, known));
            }
        }
        return missing;
    }

    synchronized List<UsageKey> before(Instant hour) {
        return totals.keySet().stream().filter(key -> key.hour().isBefore(hour)).toList();
    }
}
