package holt.api.queue.recovery;

import holt.kafka.KafkaClients;
import holt.kafka.Topics;
import holt.protocol.Codec;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.UnreadableRecordException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads single jobs from the queue topics. One thread uses it. */
public final class ReadQueue implements RestartRuns.ReadJob, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReadQueue.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Topics topics;
    private final Consumer<String, byte[]> consumer;

    public ReadQueue(KafkaClients clients) {
        topics = clients.topics();
        consumer =
                clients.consumer(
                        Map.of(
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "none",
                                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                                1));
    }

    @Override
    public @Nullable Job at(JobEvent.Started started) {
        var partition = new TopicPartition(topics.queue(started.model()), started.partition());
        try {
            consumer.assign(List.of(partition));
            consumer.seek(partition, started.offset());
            long giveUp = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() - giveUp < 0) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(PATIENCE)) {
                    return Codec.decode(record.value(), Job.class);
                }
            }
        } catch (KafkaException | UnreadableRecordException e) {
            LOG.atWarn()
                    .addKeyValue("jobId", started.job().value())
                    .addKeyValue("reason", e.getMessage())
                    .log(
                            "the record of a dead worker's job could not be read; the next try follows in 5 s");
        }
        return null;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
