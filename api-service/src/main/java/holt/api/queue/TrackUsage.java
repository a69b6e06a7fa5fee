package holt.api.queue;

import holt.api.queue.usage.UsageRow;
import java.util.List;

/** What callers used, by the hour. */
@FunctionalInterface
public interface TrackUsage {
    /**
     * The rows that pass, oldest first.
     *
     * @throws holt.api.RequestRejectedException {@code OVERLOADED} while this instance still reads events from before its start
     */
    List<UsageRow> list(UsageFilter filter);
}
