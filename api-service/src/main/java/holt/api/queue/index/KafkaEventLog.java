package holt.api.queue.index;

import holt.kafka.KafkaClients;
import holt.kafka.Topics;
import holt.store.ClaimCheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads records with one consumer. Its callers take turns. */
public final class KafkaEventLog implements EventLog, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaEventLog.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Enough for one outcome. By default the consumer would fetch a megabyte for each. */
    private static final int FETCH_BYTES = 2 * ClaimCheck.INLINE_LIMIT;

    private final ReentrantLock lock = new ReentrantLock();
    private final Consumer<String, byte[]> consumer;

    public KafkaEventLog(KafkaClients clients) {
        consumer =
                clients.consumer(
                        Map.of(
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "none",
                                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                                1,
                                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                                FETCH_BYTES));
    }

    @Override
    public byte @Nullable [] read(EventPlace place) {
        var partition = new TopicPartition(Topics.EVENTS, place.partition());
        lock.lock();
        try {
            consumer.assign(List.of(partition));
            consumer.seek(partition, place.offset());
            long giveUp = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() - giveUp < 0) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(PATIENCE)) {
                    if (record.offset() == place.offset()) {
                        return record.value();
                    }
                }
            }
            return null;
        } catch (KafkaException e) {
            LOG.atWarn().setCause(e).log("an outcome could not be read; its client gets 503");
            return null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        lock.lock();
        try {
            consumer.close();
        } finally {
            lock.unlock();
        }
    }
}
