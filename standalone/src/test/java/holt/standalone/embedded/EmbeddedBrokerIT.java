package holt.standalone.embedded;

import static holt.kafka.TestTopics.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import holt.kafka.EnsureTopics;
import holt.protocol.ModelName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
    private static final ModelName MODEL = new ModelName("otter");
    private static final String QUEUE = TOPICS.queue(MODEL);

    @TempDir Path directory;

    private BrokerPorts ports;

    @BeforeEach
    void drawPorts() {
        ports = TestBroker.ports(directory);
    }

    @Test
    void carriesRecordsThroughAShareGroup() {
        try (var broker = EmbeddedBroker.start(directory.resolve("kafka"), ports)) {
            createQueue(broker.bootstrap());
            send(broker.bootstrap(), 0, 20);

            assertThat(receive(broker.bootstrap(), 20)).isEqualTo(jobs(0, 20));
        }
    }

    @Test
    void keepsWhatWasSentOverARestartOnTheSamePorts() {
        try (var broker = EmbeddedBroker.start(directory.resolve("kafka"), ports)) {
            createQueue(broker.bootstrap());
            send(broker.bootstrap(), 0, 20);
            assertThat(receive(broker.bootstrap(), 8)).hasSize(8);
        }
        try (var broker = EmbeddedBroker.start(directory.resolve("kafka"), ports)) {
            assertThat(receive(broker.bootstrap(), 12)).hasSize(12);
        }
    }

    @Test
    void keepsWhatWasSentOverKill9() throws Exception {
        Process child = BrokerProcess.start(directory.resolve("kafka"), ports);
        String bootstrap = "127.0.0.1:" + ports.clients();
        Set<String> before;
        try {
            createQueue(bootstrap);
            send(bootstrap, 0, 200);
            before = receive(bootstrap, 50);
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor()).isEqualTo(128 + 9);

        try (var broker = EmbeddedBroker.start(directory.resolve("kafka"), ports)) {
            Set<String> after = receive(broker.bootstrap(), 150);

            var all = new TreeSet<>(before);
            all.addAll(after);
            assertThat(all).isEqualTo(jobs(0, 200));
        }
    }

    private static void createQueue(String bootstrap) {
        var topics = new EnsureTopics(TestBroker.clients(bootstrap), TestBroker.QUEUES);
        topics.shared();
        topics.queueOf(MODEL);
    }

    private static void send(String bootstrap, int from, int to) {
        try (var publisher =
                TestBroker.clients(bootstrap).publisher(Duration.ZERO, Duration.ofSeconds(20))) {
            var sent =
                    IntStream.range(from, to)
                            .mapToObj(i ->
                                    publisher.send(
                                            new ProducerRecord<>(
                                                    QUEUE, "job-" + i, new byte[] {1})))
                            .toList();
            assertThat(sent)
                    .allSatisfy(future -> assertThat(future).succeedsWithin(Duration.ofSeconds(5)));
        }
    }

    /** Accepts that many records and says which. */
    private static Set<String> receive(String bootstrap, int count) {
        var received = new TreeSet<String>();
        Instant end = Instant.now().plusSeconds(60);
        try (var consumer = TestBroker.clients(bootstrap).shareConsumer(QUEUE, 1)) {
            consumer.subscribe(Set.of(QUEUE));
            while (received.size() < count && Instant.now().isBefore(end)) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    received.add(record.key());
                    consumer.acknowledge(record, AcknowledgeType.ACCEPT);
                }
                consumer.commitSync();
            }
        }
        return received;
    }

    private static Set<String> jobs(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "job-" + i)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
