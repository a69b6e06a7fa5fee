package holt.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads the newest records of a topic that has one partition, once. It costs nothing while nobody asks. */
public final class ReadTail {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaClients clients;
    private final TopicPartition partition;

    public ReadTail(KafkaClients clients, String topic) {
        this.clients = clients;
        this.partition = new TopicPartition(topic, 0);
    }

    /**
     * Gives out the records, oldest first.
     *
     * @param before only records with a lower offset
     * @param most the number of offsets to look at
     * @throws org.apache.kafka.common.KafkaException if the broker refuses, or does not give them within ten seconds
     */
    public void read(long before, int most, Consumer<ConsumerRecord<String, byte[]>> reader) {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        List<TopicPartition> all = List.of(partition);
        try (var consumer =
                clients.consumer(Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"))) {
            long begin = consumer.beginningOffsets(all, PATIENCE).getOrDefault(partition, 0L);
            long newest = consumer.endOffsets(all, PATIENCE).getOrDefault(partition, 0L);
            long end = Math.min(newest, before);
            consumer.assign(all);
            consumer.seek(partition, Math.max(begin, end - most));
            while (consumer.position(partition) < end) {
                if (System.nanoTime() - giveUp > 0) {
                    throw new TimeoutException("the broker is too slow");
                }
                for (ConsumerRecord<String, byte[]> record :
                        consumer.poll(Duration.ofMillis(200))) {
                    if (record.offset() < end) {
                        reader.accept(record);
                    }
                }
            }
        }
    }
}
