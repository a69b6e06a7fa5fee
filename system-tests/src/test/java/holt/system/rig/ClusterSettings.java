package holt.system.rig;

import holt.kafka.KafkaSettings;
import holt.kafka.QueueSettings;
import holt.store.StoreKeys;
import java.time.Duration;
import java.util.Map;

/** The settings that all processes of a {@link Cluster} share. Locks and sessions are short, so that faults show soon. */
final class ClusterSettings {
    static final StoreKeys KEYS = new StoreKeys("test-access", "test-secret-0123456789");

    /** The same keys as a process takes them. */
    static final Map<String, String> STORE_LOGIN =
            Map.of("HOLT_S3_ACCESS_KEY", KEYS.access(), "HOLT_S3_SECRET_KEY", KEYS.secret());

    /** How often a worker tries a job. */
    static final int ATTEMPTS = 3;

    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private ClusterSettings() {}

    static KafkaSettings kafka(String bootstrap) {
        return kafka(bootstrap, "holt.", Map.of());
    }

    /** @param login settings of every Kafka client */
    static KafkaSettings kafka(String bootstrap, String topicPrefix, Map<String, String> login) {
        return new KafkaSettings(
                bootstrap,
                (short) -1,
                KafkaSettings.TopicChanges.CREATE,
                topicPrefix,
                HEARTBEAT,
                login);
    }

    static QueueSettings queues() {
        return new QueueSettings(
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                Duration.ofHours(25),
                Duration.ofHours(24),
                Duration.ofHours(24));
    }
}
