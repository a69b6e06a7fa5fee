package holt.api.jobs;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How jobs wait.
 *
 * @param maxWaiting clients that may wait for an answer at once
 * @param confirmWithin after which a job that the broker has not confirmed is given up, and its client told so
 */
@ConfigurationProperties("holt.jobs")
public record JobsSettings(
        @DefaultValue("10000") int maxWaiting, @DefaultValue("1500ms") Duration confirmWithin) {
    public JobsSettings {
        if (maxWaiting < 1) {
            throw new IllegalArgumentException("holt.jobs.max-waiting: 1 or more expected");
        }
        if (confirmWithin.toMillis() < 100) {
            throw new IllegalArgumentException("holt.jobs.confirm-within: 100ms or more expected");
        }
    }
}
