package holt.api.queue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings {@code holt.jobs.*}: how jobs wait.
 *
 * @param maxWaiting clients that may wait for an answer at once
 * @param maxQueued jobs of a model that may wait for a slot
 * @param confirmWithin how long the broker may take to confirm a job; after that, further jobs of the model wait
 * @param hold how long a job waits for a broker in trouble; after that its client gets 503
 * @param holdMemory most bytes of the jobs that wait in this instance; null for an eighth of the heap
 * @param leastShare percent of a model's work that a lower lane gets at least
 * @param asyncDeadline of a job that its client does not wait for, without {@code Cancel-After}
 */
@ConfigurationProperties("holt.jobs")
public record JobsSettings(
        @DefaultValue("10000") int maxWaiting,
        @DefaultValue("100000") int maxQueued,
        @DefaultValue("1500ms") Duration confirmWithin,
        @DefaultValue("15s") Duration hold,
        @Nullable DataSize holdMemory,
        @DefaultValue("5") int leastShare,
        @DefaultValue("1h") Duration asyncDeadline) {
    private static final int HEAP_SHARE = 8;

    public JobsSettings {
        require(maxWaiting >= 1, "max-waiting", "1 or more");
        require(maxQueued >= 1, "max-queued", "1 or more");
        require(confirmWithin.toMillis() >= 100, "confirm-within", "100ms or more");
        require(hold.compareTo(confirmWithin) > 0, "hold", "more than confirm-within");
        require(holdMemory == null || holdMemory.toBytes() > 0, "hold-memory", "more than 0");
        require(leastShare >= 1 && leastShare <= 50, "least-share", "1 to 50");
        require(
                asyncDeadline.toSeconds() >= 1 && asyncDeadline.toDays() <= 1,
                "async-deadline",
                "1s to 1d");
    }

    long mostHeldBytes() {
        return holdMemory == null
                ? Runtime.getRuntime().maxMemory() / HEAP_SHARE
                : holdMemory.toBytes();
    }

    double leastShareOfWork() {
        return leastShare / 100.0;
    }

    private static void require(boolean valid, String key, String expected) {
        if (!valid) {
            throw new IllegalArgumentException("holt.jobs." + key + ": " + expected + " expected");
        }
    }
}
