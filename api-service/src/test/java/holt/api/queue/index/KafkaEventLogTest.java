package holt.api.queue.index;

import static holt.kafka.TestTopics.TOPICS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KafkaEventLogTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int LEADERLESS = 1;

    private final List<Log> made = new CopyOnWriteArrayList<>();
    private final CountDownLatch leader = new CountDownLatch(1);
    private Duration patience = Duration.ofSeconds(30);

    @Test
    void readsARecordByItsPlace() {
        KafkaEventLog log = log();

        assertThat(text(log.read(new EventPlace(0, 2)))).isEqualTo("0-2");
        assertThat(text(log.read(new EventPlace(2, 1)))).isEqualTo("2-1");
        assertThat(text(log.read(new EventPlace(0, 0)))).isEqualTo("0-0");
        assertThat(made).hasSize(2);
    }

    @Test
    void aPartitionWithoutALeaderHoldsNoReaderOfAnother() {
        KafkaEventLog log = log();
        List<CompletableFuture<byte[]>> held = readAllAtOnce(log);

        assertThat(text(log.read(new EventPlace(0, 1)))).isEqualTo("0-1");

        assertThat(held).noneMatch(CompletableFuture::isDone);
        leader.countDown();
        assertThat(held)
                .allSatisfy(read -> assertThat(read).succeedsWithin(SOON))
                .allSatisfy(read -> assertThat(text(read.join())).isEqualTo("1-1"));
    }

    @Test
    void aPartitionHasABoundedNumberOfConsumers() {
        KafkaEventLog log = log();
        List<CompletableFuture<byte[]>> held = readAllAtOnce(log);
        held.addAll(readAllAtOnce(log));
        leader.countDown();

        assertThat(held).allSatisfy(read -> assertThat(read).succeedsWithin(SOON));

        assertThat(made).hasSizeLessThanOrEqualTo(KafkaEventLog.READERS_A_PARTITION);
    }

    @Test
    void aReadThatTakesTooLongIsGivenUp() {
        patience = Duration.ofMillis(50);

        assertThat(log().read(new EventPlace(LEADERLESS, 1))).isNull();
    }

    @Test
    void aBrokerThatRefusesGivesNothing() {
        var log =
                new KafkaEventLog(
                        TOPICS.events(),
                        () -> {
                            throw new KafkaException("refused");
                        },
                        patience);

        assertThat(log.read(new EventPlace(0, 1))).isNull();
        assertThat(log.read(new EventPlace(0, 1))).isNull();
    }

    @Test
    void aRecordThatTheLogHasDeletedIsGone() {
        var log =
                new KafkaEventLog(
                        TOPICS.events(),
                        () -> {
                            throw new OffsetOutOfRangeException(Map.of());
                        },
                        patience);

        assertThatThrownBy(() -> log.read(new EventPlace(0, 1)))
                .isInstanceOf(RecordGoneException.class);
    }

    @Test
    void closesItsConsumers() {
        KafkaEventLog log = log();
        log.read(new EventPlace(0, 1));

        log.close();

        assertThat(made).singleElement().matches(MockConsumer::closed);
    }

    private List<CompletableFuture<byte[]>> readAllAtOnce(KafkaEventLog log) {
        var reads = new ArrayList<CompletableFuture<byte[]>>();
        for (int i = 0; i < KafkaEventLog.READERS_A_PARTITION; i++) {
            reads.add(
                    CompletableFuture.supplyAsync(
                            () -> log.read(new EventPlace(LEADERLESS, 1)),
                            Thread::startVirtualThread));
        }
        return reads;
    }

    private KafkaEventLog log() {
        return new KafkaEventLog(
                TOPICS.events(),
                () -> {
                    var consumer = new Log();
                    made.add(consumer);
                    return consumer;
                },
                patience);
    }

    private static String text(byte[] value) {
        return new String(value, UTF_8);
    }

    /** Each partition has three records, which say where they stand. One partition gives none while it has no leader. */
    private final class Log extends MockConsumer<String, byte[]> {
        private Log() {
            super("none");
        }

        @Override
        public synchronized ConsumerRecords<String, byte[]> poll(Duration timeout) {
            TopicPartition partition = assignment().iterator().next();
            if (partition.partition() == LEADERLESS && !hasLeader(timeout)) {
                return ConsumerRecords.empty();
            }
            long next = position(partition);
            updateEndOffsets(Map.of(partition, 3L));
            addRecord(
                    new ConsumerRecord<>(
                            TOPICS.events(),
                            partition.partition(),
                            next,
                            "j",
                            (partition.partition() + "-" + next).getBytes(UTF_8)));
            return super.poll(timeout);
        }

        private boolean hasLeader(Duration timeout) {
            try {
                return leader.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
