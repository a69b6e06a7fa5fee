package holt.standalone.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import holt.kafka.ConsumeTopic;
import holt.kafka.Publisher;
import holt.kafka.RecordHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsumeTopicIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir static Path directory;

    private static TestBroker broker;

    private final String topic = "consumed-" + UUID.randomUUID();
    private final BlockingQueue<String> handled = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> stuck = new CompletableFuture<>();
    private CompletableFuture<Void> failing =
            CompletableFuture.failedFuture(new IllegalStateException("failing"));
    private Publisher publisher;

    @BeforeAll
    static void startBroker() {
        broker = TestBroker.start(directory);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void createTopic() throws Exception {
        try (Admin admin = broker.clients().admin()) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
        publisher = broker.clients().publisher(Duration.ZERO, SOON);
    }

    @AfterEach
    void closePublisher() {
        publisher.close();
    }

    @Test
    void handlesEachRecordOnce() throws Exception {
        send("a");
        try (var _ = consume()) {
            assertThat(next()).isEqualTo("a");
            send("b");
            assertThat(next()).isEqualTo("b");
        }
        send("c");

        try (var _ = consume()) {
            assertThat(next()).isEqualTo("c");
        }
    }

    @Test
    void aRecordThatFailsIsHandledAgainAndHoldsNoOther() throws Exception {
        send("failing");
        send("a");
        try (var _ = consume()) {
            assertThat(List.of(next(), next())).containsExactly("failing", "a");
            assertThat(next()).isEqualTo("failing");
        }

        failing = CompletableFuture.completedFuture(null);
        try (var _ = consume()) {
            assertThat(List.of(next(), next())).containsExactly("failing", "a");
        }
    }

    @Test
    void aRecordThatIsNotDoneWithIsHandledByTheNext() throws Exception {
        send("stuck");
        send("a");
        try (var _ = consume()) {
            assertThat(List.of(next(), next())).containsExactly("stuck", "a");
        }
        stuck.complete(null);

        try (var _ = consume()) {
            assertThat(List.of(next(), next())).containsExactly("stuck", "a");
        }
    }

    @Test
    void aRecordWaitsUntilItIsDue() throws Exception {
        Instant begun = Instant.now();
        try (var _ = consume()) {
            send("later");
            assertThat(next()).isEqualTo("later");
        }

        assertThat(Duration.between(begun, Instant.now())).isGreaterThan(Duration.ofSeconds(1));
    }

    @Test
    void aDeadMembersSessionEndsSoon() throws Exception {
        var group = new ConfigResource(ConfigResource.Type.GROUP, topic);
        try (var _ = consume();
                Admin admin = broker.clients().admin()) {
            var config = admin.describeConfigs(List.of(group)).all().get().get(group);

            assertThat(config.get("consumer.session.timeout.ms").value()).isEqualTo("6000");
        }
    }

    @Test
    void goesOnIfTheBrokerRefusesTheSession(@TempDir Path other) throws Exception {
        var stock =
                Map.of(
                        "group.consumer.min.session.timeout.ms", "45000",
                        "group.consumer.min.heartbeat.interval.ms", "5000");
        try (var stockBroker = TestBroker.start(other, stock)) {
            stockBroker.topics().shared();
            try (var _ = consume(stockBroker, "holt.dead");
                    var sender = stockBroker.clients().publisher(Duration.ZERO, SOON)) {
                var _ = sender.send(new ProducerRecord<>("holt.dead", "a".getBytes(UTF_8)));

                assertThat(next()).isEqualTo("a");
            }
        }
    }

    private ConsumeTopic consume() {
        return consume(broker, topic);
    }

    private ConsumeTopic consume(TestBroker from, String name) {
        return new ConsumeTopic(
                from.clients(),
                name,
                name,
                InstantSource.system(),
                new RecordHandler() {
                    @Override
                    public Instant due(ConsumerRecord<String, byte[]> record) {
                        Instant written = Instant.ofEpochMilli(record.timestamp());
                        return value(record).equals("later") ? written.plusSeconds(1) : written;
                    }

                    @Override
                    public CompletableFuture<?> handle(ConsumerRecord<String, byte[]> record) {
                        String value = value(record);
                        handled.add(value);
                        return switch (value) {
                            case "failing" -> failing;
                            case "stuck" -> stuck;
                            default -> CompletableFuture.completedFuture(null);
                        };
                    }
                });
    }

    private static String value(ConsumerRecord<String, byte[]> record) {
        return new String(record.value(), UTF_8);
    }

    private String next() throws InterruptedException {
        return handled.poll(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    private void send(String value) {
        assertThat(publisher.send(new ProducerRecord<>(topic, value.getBytes(UTF_8))))
                .succeedsWithin(SOON);
    }
}
