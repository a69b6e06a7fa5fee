package holt.api.queue.index;

import holt.kafka.KafkaClients;
import holt.store.ClaimCheck;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads records with a few consumers for each partition. So several callers read at once, and a partition without a leader holds only its
 * own callers.
 */
public final class KafkaEventLog implements EventLog, AutoCloseable {
    /** The most callers that read one partition at once. A read takes a few milliseconds. */
    static final int READERS_A_PARTITION = 4;

    private static final Logger LOG = LoggerFactory.getLogger(KafkaEventLog.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Enough for one outcome. By default the consumer would fetch a megabyte for each. */
    private static final int FETCH_BYTES = 2 * ClaimCheck.INLINE_LIMIT;

    private static final Map<String, Object> ONE_RECORD =
            Map.of(
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "none",
                    ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                    1,
                    ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                    FETCH_BYTES);

    private final String topic;
    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Duration patience;
    private final Map<Integer, BlockingDeque<ReadRecord>> free = new ConcurrentHashMap<>();

    public KafkaEventLog(KafkaClients clients) {
        this(clients.topics().events(), () -> clients.consumer(ONE_RECORD), PATIENCE);
    }

    /** @param patience for one read, with the wait for a free consumer */
    KafkaEventLog(String topic, Supplier<Consumer<String, byte[]>> consumers, Duration patience) {
        this.topic = topic;
        this.consumers = consumers;
        this.patience = patience;
    }

    @Override
    public byte @Nullable [] read(EventPlace place) {
        long giveUp = System.nanoTime() + patience.toNanos();
        BlockingDeque<ReadRecord> readers = free.computeIfAbsent(place.partition(), this::readers);
        try {
            ReadRecord reader = readers.pollFirst(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (reader == null) {
                LOG.atWarn()
                        .addKeyValue("partition", place.partition())
                        .log(
                                "a partition of the events is too slow; the outcome's client gets 503");
                return null;
            }
            try {
                return reader.at(place.offset(), giveUp);
            } finally {
                readers.addFirst(reader);
            }
        } catch (OffsetOutOfRangeException e) {
            throw new RecordGoneException(e);
        } catch (KafkaException e) {
            LOG.atWarn().setCause(e).log("an outcome could not be read; its client gets 503");
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** Callers that still read then fail. */
    @Override
    public void close() {
        free.values().forEach(readers -> readers.forEach(ReadRecord::close));
    }

    private BlockingDeque<ReadRecord> readers(int partition) {
        var readers = new LinkedBlockingDeque<ReadRecord>();
        for (int i = 0; i < READERS_A_PARTITION; i++) {
            readers.add(new ReadRecord(new TopicPartition(topic, partition), consumers));
        }
        return readers;
    }
}
