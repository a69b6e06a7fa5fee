package holt.api.queue.history;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code holt.history.*}: the index of all jobs on this instance's disk.
 *
 * @param directory null for {@code history} in the data directory
 * @param forgetUnkeyedAfter for which an ended job without a key is remembered if its client waited for it; null for as long as all others
 * @param maxLag an instance that is further behind the log takes no requests
 * @param snapshotEvery time between two snapshots in the object store; zero for none
 */
@ConfigurationProperties("holt.history")
public record HistorySettings(
        @Nullable Path directory,
        @Nullable Duration forgetUnkeyedAfter,
        @DefaultValue("10s") Duration maxLag,
        @DefaultValue("15m") Duration snapshotEvery) {
    public HistorySettings {
        if (maxLag.toSeconds() < 1) {
            throw new IllegalArgumentException("holt.history.max-lag: 1s or more expected");
        }
        if (snapshotEvery.isNegative()) {
            throw new IllegalArgumentException("holt.history.snapshot-every: 0s or more expected");
        }
        if (forgetUnkeyedAfter != null && forgetUnkeyedAfter.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "holt.history.forget-unkeyed-after: 1s or more expected");
        }
    }
}
