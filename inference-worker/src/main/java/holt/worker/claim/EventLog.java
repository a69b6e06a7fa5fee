package holt.worker.claim;

import holt.kafka.KafkaClients;
import holt.protocol.Codec;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads {@code holt.events}. */
@FunctionalInterface
public interface EventLog {
    /**
     * Reads the job's events from this time on, up to the present end of the log. Waits for that.
     *
     * @param since on the broker's clock
     * @throws org.apache.kafka.common.KafkaException if that takes longer than 20 s, or the broker refuses
     */
    void read(JobId job, Instant since, Consumer<JobEvent> reader);

    static EventLog of(KafkaClients clients) {
        Logger log = LoggerFactory.getLogger(EventLog.class);
        return (job, since, reader) -> {
            try (var consumer = clients.consumer(Map.of())) {
                byte[] key = job.value().getBytes(StandardCharsets.UTF_8);
                String topic = clients.topics().events();
                int partitions = consumer.partitionsFor(topic).size();
                var partition =
                        new TopicPartition(
                                topic, BuiltInPartitioner.partitionForKey(key, partitions));
                OffsetAndTimestamp first =
                        consumer.offsetsForTimes(Map.of(partition, since.toEpochMilli()))
                                .get(partition);
                Long end = consumer.endOffsets(List.of(partition)).get(partition);
                if (first == null || end == null) {
                    return;
                }
                consumer.assign(List.of(partition));
                consumer.seek(partition, first.offset());
                long giveUp = System.nanoTime() + Duration.ofSeconds(20).toNanos();
                while (consumer.position(partition) < end) {
                    if (System.nanoTime() - giveUp > 0) {
                        throw new TimeoutException(
                                "the events of an old job were not read in time");
                    }
                    for (ConsumerRecord<String, byte[]> record :
                            consumer.poll(Duration.ofSeconds(1))) {
                        if (job.value().equals(record.key())) {
                            reader.accept(Codec.decode(record.value(), JobEvent.class));
                        }
                    }
                }
            } catch (UnreadableRecordException e) {
                log.atWarn()
                        .addKeyValue("jobId", job.value())
                        .addKeyValue("reason", e.getMessage())
                        .log("an event of an old job is unreadable; the job runs");
            }
        };
    }
}
