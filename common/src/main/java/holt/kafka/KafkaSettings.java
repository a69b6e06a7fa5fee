package holt.kafka;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How to reach the broker.
 *
 * @param bootstrap {@code host:port}, several with commas
 * @param replication copies of each topic
 * @param heartbeat between two signs of life; who misses three is dead
 * @param client further settings for every Kafka client, such as security
 */
@ConfigurationProperties("holt.kafka")
public record KafkaSettings(
        @DefaultValue("") String bootstrap,
        @DefaultValue("1") short replication,
        @DefaultValue("2s") Duration heartbeat,
        @DefaultValue Map<String, String> client) {
    /** Heartbeats that may go missing before their sender counts as dead. */
    private static final int MISSED = 3;

    public KafkaSettings {
        if (bootstrap.isBlank()) {
            throw new IllegalArgumentException(
                    "holt.kafka.bootstrap: write the broker's host:port");
        }
        client = Map.copyOf(client);
    }

    /** Without the values of the further settings, which can be secret. */
    @Override
    public String toString() {
        return "KafkaSettings[bootstrap=%s, replication=%d, heartbeat=%s, client=%s]"
                .formatted(bootstrap, replication, heartbeat, client.keySet());
    }

    /** Without a heartbeat for this long, its sender is dead. */
    public Duration deadAfter() {
        return heartbeat.multipliedBy(MISSED);
    }
}
