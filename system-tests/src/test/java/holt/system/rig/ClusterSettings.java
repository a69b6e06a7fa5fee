package holt.system.rig;

import holt.kafka.KafkaSettings;
import holt.kafka.QueueSettings;
import holt.store.StoreKeys;
import java.time.Duration;
import java.util.Map;

/** The settings that all processes of a {@link Cluster} share. Locks and sessions are short, so that faults show soon. */
final class ClusterSettings {
    static final StoreKeys KEYS = new StoreKeys("test-access", "test-secret-0123456789");

    /** How often a worker tries a job. */
    static final int ATTEMPTS = 3;

    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private ClusterSettings() {}

    static KafkaSettings kafka(String bootstrap) {
        return new KafkaSettings(
                bootstrap, (short) 1, KafkaSettings.TopicChanges.CREATE, HEARTBEAT, Map.of());
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
