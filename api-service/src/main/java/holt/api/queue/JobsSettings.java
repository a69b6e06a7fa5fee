package holt.api.queue;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How jobs wait.
 *
 * @param maxWaiting clients that may wait for an answer at once
 * @param confirmWithin after which a job that the broker has not confirmed is given up, and its client told so
 * @param asyncDeadline of a job that its client does not wait for, unless it says {@code Cancel-After}
 * @param remember ended jobs that can be asked for; the oldest are forgotten first
 */
@ConfigurationProperties("holt.jobs")
public record JobsSettings(
        @DefaultValue("10000") int maxWaiting,
        @DefaultValue("1500ms") Duration confirmWithin,
        @DefaultValue("1h") Duration asyncDeadline,
        @DefaultValue("100000") int remember) {
    public JobsSettings {
        require(maxWaiting >= 1, "max-waiting", "1 or more");
        require(confirmWithin.toMillis() >= 100, "confirm-within", "100ms or more");
        require(
                asyncDeadline.toSeconds() >= 1 && asyncDeadline.toDays() <= 1,
                "async-deadline",
                "1s to 1d");
        require(remember >= 1, "remember", "1 or more");
    }

    private static void require(boolean valid, String key, String expected) {
        if (!valid) {
            throw new IllegalArgumentException("holt.jobs." + key + ": " + expected + " expected");
        }
    }
}
