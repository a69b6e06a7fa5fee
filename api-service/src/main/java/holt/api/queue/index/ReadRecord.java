package holt.api.queue.index;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads single records of one partition with a consumer that it makes at its first read. One thread at a time uses it. */
final class ReadRecord {
    private final TopicPartition partition;
    private final Supplier<Consumer<String, byte[]>> consumers;
    private @Nullable Consumer<String, byte[]> consumer;

    ReadRecord(TopicPartition partition, Supplier<Consumer<String, byte[]>> consumers) {
        this.partition = partition;
        this.consumers = consumers;
    }

    /**
     * The record's value; null if the broker does not give it in time.
     *
     * @param giveUp by {@link System#nanoTime}
     */
    byte @Nullable [] at(long offset, long giveUp) {
        Consumer<String, byte[]> reading = consumer();
        reading.seek(partition, offset);
        for (long left = giveUp - System.nanoTime(); left > 0; left = giveUp - System.nanoTime()) {
            for (ConsumerRecord<String, byte[]> record : reading.poll(Duration.ofNanos(left))) {
                if (record.offset() == offset) {
                    return record.value();
                }
            }
        }
        return null;
    }

    void close() {
        if (consumer != null) {
            consumer.close();
        }
    }

    private Consumer<String, byte[]> consumer() {
        if (consumer == null) {
            consumer = consumers.get();
            consumer.assign(List.of(partition));
        }
        return consumer;
    }
}
