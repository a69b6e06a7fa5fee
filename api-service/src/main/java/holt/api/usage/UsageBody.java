package holt.api.usage;

import holt.api.queue.usage.UsageCounts;
import holt.api.queue.usage.UsageKey;
import holt.api.queue.usage.UsageRow;
import java.util.List;

/** Usage in JSON. */
record UsageBody(int code, String message, String object, List<Row> data) {

    /**
     * What one key used of one model in one hour.
     *
     * @param hour its beginning, in seconds since 1970
     * @param jobs that ended in it
     * @param runSeconds of the runs that ended them
     */
    record Row(
            String object,
            long hour,
            String caller,
            String key,
            String model,
            long jobs,
            long failed,
            long promptTokens,
            long cachedTokens,
            long completionTokens,
            long images,
            double runSeconds) {
        static Row of(UsageRow row) {
            UsageKey key = row.key();
            UsageCounts counts = row.counts();
            return new Row(
                    "usage",
                    key.hour().getEpochSecond(),
                    key.caller(),
                    key.key(),
                    key.model().value(),
                    counts.jobs(),
                    counts.failed(),
                    counts.promptTokens(),
                    counts.cachedTokens(),
                    counts.completionTokens(),
                    counts.images(),
                    counts.runMillis() / 1e3);
        }
    }

    static UsageBody of(List<UsageRow> rows) {
        return new UsageBody(0, "success", "list", rows.stream().map(Row::of).toList());
    }
}
