package holt.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** What every publisher must do, the fake and the real one alike. */
public abstract class PublisherContract {
    private static final int PARTITIONS = 4;
    private static final Duration SOON = Duration.ofSeconds(20);

    private final String topic = "contract-" + UUID.randomUUID();

    /** A publisher that is open. Its broker has the topic. */
    protected abstract Publisher publisher(String topic, int partitions);

    /** A publisher whose broker does not have the topic. */
    protected abstract Publisher publisherWithout(String topic);

    @Test
    void confirmsWithPartitionOffsetAndTheBrokersTime() {
        try (Publisher publisher = publisher(topic, PARTITIONS)) {
            RecordMetadata confirmed = confirmed(publisher.send(record(2, "key")));

            assertThat(confirmed.topic()).isEqualTo(topic);
            assertThat(confirmed.partition()).isEqualTo(2);
            assertThat(confirmed.offset()).isZero();
            assertThat(Instant.ofEpochMilli(confirmed.timestamp()))
                    .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        }
    }

    @Test
    void theKeyDecidesThePartition() {
        try (Publisher publisher = publisher(topic, PARTITIONS)) {
            List<Integer> partitions =
                    IntStream.range(0, 8)
                            .mapToObj(i -> confirmed(publisher.send(record(null, "key-" + i))))
                            .map(RecordMetadata::partition)
                            .toList();

            // Every Kafka client computes the same.
            assertThat(partitions).containsExactly(1, 0, 2, 3, 1, 0, 0, 3);
        }
    }

    @Test
    void keepsTheOrderWithinAPartition() {
        try (Publisher publisher = publisher(topic, PARTITIONS)) {
            List<RecordMetadata> confirmed =
                    IntStream.range(0, 50)
                            .mapToObj(_ -> publisher.send(record(1, "key")))
                            .toList()
                            .stream()
                            .map(PublisherContract::confirmed)
                            .toList();

            assertThat(confirmed)
                    .extracting(RecordMetadata::offset)
                    .containsExactlyElementsOf(
                            IntStream.range(0, 50).mapToObj(Long::valueOf).toList());
        }
    }

    @Test
    void confirmsInTheOrderOfAPartition() {
        try (Publisher publisher = publisher(topic, PARTITIONS)) {
            var order = new CopyOnWriteArrayList<Integer>();
            List<CompletableFuture<Void>> noted =
                    IntStream.range(0, 50)
                            .mapToObj(i ->
                                    publisher.send(record(1, "key")).thenRun(() -> order.add(i)))
                            .toList();

            assertThat(CompletableFuture.allOf(noted.toArray(CompletableFuture<?>[]::new)))
                    .succeedsWithin(SOON);
            assertThat(order).isSorted().hasSize(50);
        }
    }

    @Test
    void preparingTellsTheNumberOfPartitions() {
        try (Publisher publisher = publisher(topic, PARTITIONS)) {
            assertThat(publisher.prepare(topic, SOON)).isEqualTo(PARTITIONS);
        }
    }

    @Test
    void preparingATopicThatIsNotThereFails() {
        try (Publisher publisher = publisherWithout(topic)) {
            assertThatThrownBy(() -> publisher.prepare(topic, Duration.ZERO))
                    .isInstanceOf(KafkaException.class);
        }
    }

    @Test
    void aSendToATopicThatIsNotThereFailsInItsFuture() {
        try (Publisher publisher = publisherWithout(topic)) {
            assertThat(failure(publisher.send(record(null, "key"))))
                    .isInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void aSendToAPartitionThatIsNotThereFailsInItsFuture() {
        try (Publisher publisher = publisher(topic, PARTITIONS)) {
            assertThat(failure(publisher.send(record(PARTITIONS, "key"))))
                    .isInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void aRecordThatIsTooLargeFailsInItsFuture() {
        try (Publisher publisher = publisher(topic, PARTITIONS)) {
            var large = new ProducerRecord<>(topic, "key", new byte[(1 << 20) + 1]);

            assertThat(failure(publisher.send(large))).isInstanceOf(RecordTooLargeException.class);
        }
    }

    @Test
    void aSendAfterTheCloseFailsInItsFuture() {
        Publisher publisher = publisher(topic, PARTITIONS);
        publisher.close();

        assertThat(failure(publisher.send(record(0, "key")))).isNotNull();
    }

    @Test
    void noFutureStaysOpenAfterTheClose() {
        Publisher publisher = publisher(topic, PARTITIONS);
        List<CompletableFuture<RecordMetadata>> sent =
                IntStream.range(0, 20).mapToObj(_ -> publisher.send(record(0, "key"))).toList();

        publisher.close();

        assertThat(sent).allMatch(CompletableFuture::isDone);
    }

    private ProducerRecord<String, byte[]> record(Integer partition, String key) {
        return new ProducerRecord<>(topic, partition, key, "value".getBytes(UTF_8));
    }

    private static RecordMetadata confirmed(CompletableFuture<RecordMetadata> sent) {
        assertThat(sent).succeedsWithin(SOON);
        return sent.join();
    }

    private static Throwable failure(CompletableFuture<RecordMetadata> sent) {
        assertThat(sent).failsWithin(SOON);
        return sent.exceptionNow();
    }
}
