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

    static final int PARTITIONS = 4;

    /** The environment variable with the copies of each topic. */
    static final String REPLICATION = "HOLT_KAFKA_REPLICATION";

    private static final Duration HEARTBEAT = Duration.ofSeconds(2);

    private ClusterSettings() {}

    static KafkaSettings kafka(String bootstrap) {
        return kafka(bootstrap, Map.of());
    }

    /** @param login settings of every Kafka client */
    static KafkaSettings kafka(String bootstrap, Map<String, String> login) {
        short replication = Short.parseShort(System.getenv().getOrDefault(REPLICATION, "1"));
        return new KafkaSettings(bootstrap, replication, HEARTBEAT, login);
    }

    static QueueSettings queues(int partitions) {
        return new QueueSettings(
                partitions,
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                10_000,
                Duration.ofHours(25),
                Duration.ofHours(24),
                Duration.ofHours(24));
    }
}
