package holt.kafka;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The layout of the queues. Every process must have the same.
 *
 * @param lock how long a worker that has taken a record may need until its {@code Started} is confirmed; after that, another worker gets it
 * @param session a worker that sends the broker no heartbeat for this long leaves its queues
 * @param retention of jobs. It must be longer than the longest deadline
 * @param resultRetention of {@code holt.events}, which holds the outcomes
 * @param longestDeadline the longest that a client may ask for
 */
@ConfigurationProperties("holt.queue")
public record QueueSettings(
        @DefaultValue("30s") Duration lock,
        @DefaultValue("8s") Duration session,
        @DefaultValue("25h") Duration retention,
        @DefaultValue("24h") Duration resultRetention,
        @DefaultValue("24h") Duration longestDeadline) {

    public QueueSettings {
        if (retention.compareTo(longestDeadline) <= 0) {
            throw new IllegalArgumentException(
                    "holt.queue.retention: must be longer than holt.queue.longest-deadline ("
                            + longestDeadline
                            + ")");
        }
    }
}
