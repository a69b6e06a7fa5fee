package holt.standalone;

import holt.kafka.KafkaClients;
import holt.kafka.KafkaSettings;
import holt.kafka.Publisher;
import holt.kafka.PublisherContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The publisher of every process, on a real broker. */
class KafkaPublisherIT extends PublisherContract {
    @TempDir static Path directory;

    private static EmbeddedBroker broker;
    private static KafkaClients clients;

    @BeforeAll
    static void start() {
        var kept = new KeptPorts(directory.resolve("ports.properties"));
        var ports = new BrokerPorts(kept.port("kafka"), kept.port("controller"));
        broker = EmbeddedBroker.start(directory.resolve("kafka"), ports);
        clients =
                new KafkaClients(
                        new KafkaSettings(
                                broker.bootstrap(), (short) 1, Duration.ofSeconds(2), Map.of()));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Override
    protected Publisher publisher(String topic, int partitions) {
        try (Admin admin = clients.admin()) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return publisherWithout(topic);
    }

    @Override
    protected Publisher publisherWithout(String topic) {
        return clients.publisher(Duration.ZERO, Duration.ofSeconds(10));
    }
}
