package holt.kafka;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a process reaches the broker.
 *
 * @param bootstrap {@code host:port}, several separated by commas
 * @param replication copies of each topic that Holt creates; -1 for the broker's {@code default.replication.factor}
 * @param topics whether Holt creates and alters topics
 * @param topicPrefix begins the names of all topics and groups
 * @param heartbeat time between two heartbeats
 * @param client further settings of every Kafka client, such as security
 */
@ConfigurationProperties("holt.kafka")
public record KafkaSettings(
        @DefaultValue("") String bootstrap,
        @DefaultValue("-1") short replication,
        @DefaultValue("create") TopicChanges topics,
        @DefaultValue("holt.") String topicPrefix,
        @DefaultValue("1s") Duration heartbeat,
        @DefaultValue Map<String, String> client) {
    private static final int MISSED_WHEN_DEAD = 3;

    /** What Holt may do if the topics or groups on the broker are not as it needs them. */
    public enum TopicChanges {
        /** It creates and alters them. */
        CREATE,

        /** It changes nothing. The start fails with the commands for the operator. */
        CHECK
    }

    public KafkaSettings {
        if (bootstrap.isBlank()) {
            throw new IllegalArgumentException(
                    "holt.kafka.bootstrap: write the broker's host:port");
        }
        if (replication == 0 || replication < -1) {
            throw new IllegalArgumentException(
                    "holt.kafka.replication: write how many copies each topic has, or leave it out");
        }
        // Refuses a wrong prefix.
        var _ = new Topics(topicPrefix);
        client = Map.copyOf(client);
    }

    /** Omits the values of the further settings, which can be secret. */
    @Override
    public String toString() {
        return "KafkaSettings[bootstrap=%s, replication=%d, topics=%s, topicPrefix=%s, heartbeat=%s, client=%s]"
                .formatted(bootstrap, replication, topics, topicPrefix, heartbeat, client.keySet());
    }

    /** A process counts as dead after this time without a heartbeat. */
    public Duration deadAfter() {
        return heartbeat.multipliedBy(MISSED_WHEN_DEAD);
    }
}
