package holt.kafka;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a process reaches the broker.
 *
 * @param bootstrap {@code host:port}, several separated by commas
 * @param replication copies of each topic
 * @param heartbeat time between two heartbeats
 * @param client further settings of every Kafka client, such as security
 */
@ConfigurationProperties("holt.kafka")
public record KafkaSettings(
        @DefaultValue("") String bootstrap,
        @DefaultValue("1") short replication,
        @DefaultValue("2s") Duration heartbeat,
        @DefaultValue Map<String, String> client) {
    private static final int MISSED_WHEN_DEAD = 3;

    public KafkaSettings {
        if (bootstrap.isBlank()) {
            throw new IllegalArgumentException(
                    "holt.kafka.bootstrap: write the broker's host:port");
        }
        client = Map.copyOf(client);
    }

    /** Omits the values of the further settings, which can be secret. */
    @Override
    public String toString() {
        return "KafkaSettings[bootstrap=%s, replication=%d, heartbeat=%s, client=%s]"
                .formatted(bootstrap, replication, heartbeat, client.keySet());
    }

    /** A process counts as dead after this time without a heartbeat. */
    public Duration deadAfter() {
        return heartbeat.multipliedBy(MISSED_WHEN_DEAD);
    }
}
