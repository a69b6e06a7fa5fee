package holt.api.jobs;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How jobs wait.
 *
 * @param maxWaiting clients that may wait for an answer at once
 */
@ConfigurationProperties("holt.jobs")
public record JobsSettings(@DefaultValue("10000") int maxWaiting) {
    public JobsSettings {
        if (maxWaiting < 1) {
            throw new IllegalArgumentException("holt.jobs.max-waiting: 1 or more expected");
        }
    }
}
