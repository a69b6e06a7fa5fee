package holt.api.queue.usage;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code holt.usage.*}.
 *
 * @param keep how long usage is kept
 */
@ConfigurationProperties("holt.usage")
public record UsageSettings(@DefaultValue("35d") Duration keep) {
    public UsageSettings {
        if (keep.toDays() < 2) {
            throw new IllegalArgumentException("holt.usage.keep: 2d or more expected");
        }
    }
}
