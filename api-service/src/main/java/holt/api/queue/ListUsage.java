package holt.api.queue;

import holt.api.queue.index.JobIndex;
import holt.api.queue.usage.UsageKey;
import holt.api.queue.usage.UsageRow;
import holt.api.queue.usage.UsageTotals;
import java.util.Comparator;
import java.util.List;

/** What this instance has folded, and what {@code holt.usage} has of earlier hours. */
final class ListUsage implements TrackUsage {
    private static final Comparator<UsageKey> ORDER =
            Comparator.comparing(UsageKey::hour)
                    .thenComparing(UsageKey::caller)
                    .thenComparing(UsageKey::key)
                    .thenComparing(key -> key.model().value());

    private final JobIndex index;
    private final UsageTotals totals;

    ListUsage(JobIndex index, UsageTotals totals) {
        this.index = index;
        this.totals = totals;
    }

    @Override
    public List<UsageRow> list(UsageFilter filter) {
        index.requireCaughtUp();
        return totals.with(index.usage()).stream()
                .filter(row -> filter.passes(row.key()))
                .sorted(Comparator.comparing(UsageRow::key, ORDER))
                .toList();
    }
}
