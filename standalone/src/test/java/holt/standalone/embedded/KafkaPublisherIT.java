package holt.standalone.embedded;

import holt.kafka.Publisher;
import holt.kafka.PublisherContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The publisher of every process, on a real broker. */
class KafkaPublisherIT extends PublisherContract {
    @TempDir static Path directory;

    private static TestBroker broker;

    @BeforeAll
    static void start() {
        broker = TestBroker.start(directory);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Override
    protected Publisher publisher(String topic, int partitions) {
        try (Admin admin = broker.clients().admin()) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return publisherWithout(topic);
    }

    @Override
    protected Publisher publisherWithout(String topic) {
        return broker.clients().publisher(Duration.ZERO, Duration.ofSeconds(10));
    }
}
