package holt.standalone.embedded;

import holt.kafka.EnsureTopics;
import holt.kafka.KafkaClients;
import holt.kafka.KafkaSettings;
import holt.kafka.QueueSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** An embedded broker on free ports, and what a process of Holt needs to use it. */
public final class TestBroker implements AutoCloseable {
    /** The defaults. */
    static final QueueSettings QUEUES =
            new QueueSettings(
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(2),
                    Duration.ofHours(25),
                    Duration.ofHours(24),
                    Duration.ofHours(24));

    /** The defaults of Kafka 4.4 in place of the embedded broker's own settings of share groups. */
    public static final Map<String, String> STOCK =
            Map.of(
                    "group.share.max.size", "200",
                    "group.share.min.session.timeout.ms", "45000",
                    "group.share.min.heartbeat.interval.ms", "5000",
                    "group.share.partition.max.record.locks", "2000",
                    "group.share.max.partition.max.record.locks", "4000");

    private final EmbeddedBroker broker;

    private TestBroker(EmbeddedBroker broker) {
        this.broker = broker;
    }

    public static TestBroker start(Path directory) {
        return start(directory, Map.of());
    }

    /** @param overrides settings of the broker */
    public static TestBroker start(Path directory, Map<String, String> overrides) {
        return new TestBroker(
                EmbeddedBroker.start(directory.resolve("kafka"), ports(directory), overrides));
    }

    /** The same at each call for the same directory. */
    static BrokerPorts ports(Path directory) {
        var kept = new KeptPorts(directory.resolve("ports.properties"));
        return new BrokerPorts(kept.port("kafka"), kept.port("controller"));
    }

    static KafkaClients clients(String bootstrap) {
        return new KafkaClients(
                new KafkaSettings(
                        bootstrap,
                        (short) 1,
                        KafkaSettings.TopicChanges.CREATE,
                        "holt.",
                        Duration.ofSeconds(1),
                        Map.of()));
    }

    public String bootstrap() {
        return broker.bootstrap();
    }

    public KafkaClients clients() {
        return clients(bootstrap());
    }

    public EnsureTopics topics() {
        return new EnsureTopics(clients(), QUEUES);
    }

    @Override
    public void close() {
        broker.close();
    }
}
