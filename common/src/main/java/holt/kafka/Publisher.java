package holt.kafka;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Sends records. Each send is confirmed, or given up, in its own future. Many threads may use one publisher. */
public interface Publisher extends AutoCloseable {
    /** The names of the topics that it writes. */
    Topics topics();

    /**
     * Queues the record for sending, and never throws. Records of one partition keep the order in which they were sent.
     *
     * @return completes when all replicas have the record, and fails with the reason when the record is given up. It completes on the
     *     publisher's thread, so its dependent stages must not block
     */
    CompletableFuture<RecordMetadata> send(ProducerRecord<String, byte[]> record);

    /**
     * Looks up the topic, so that no later send waits for that.
     *
     * @return the number of partitions
     * @throws org.apache.kafka.common.KafkaException if the broker does not know the topic in time
     */
    int prepare(String topic, Duration patience);

    /** Waits for unconfirmed records, but not for long. Then their futures fail. */
    @Override
    void close();
}
