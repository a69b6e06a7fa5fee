package holt.kafka;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/** Sends records; each send is confirmed, or given up, in its own future. Safe for use by many threads. */
public final class Publisher implements AutoCloseable {
    private static final Duration LAST_RECORDS = Duration.ofSeconds(5);

    private final Producer<String, byte[]> producer;

    Publisher(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    /**
     * Queues the record for sending.
     *
     * @return done when all replicas have it; fails with a {@link KafkaException} when it was given up. It is completed on the producer's
     *     thread, so what hangs on it must not block
     */
    public CompletableFuture<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
        var confirmed = new CompletableFuture<RecordMetadata>();
        try {
            producer.send(
                    record,
                    (metadata, failure) -> {
                        if (failure == null) {
                            confirmed.complete(metadata);
                        } else {
                            confirmed.completeExceptionally(failure);
                        }
                    });
        } catch (KafkaException | IllegalStateException e) {
            confirmed.completeExceptionally(e);
        }
        return confirmed;
    }

    /**
     * Learns where the topic is; waits for the broker. The first record would wait for that otherwise, on a thread that perhaps must not,
     * and not for long.
     *
     * @return how many partitions it has
     * @throws KafkaException if the broker does not say so in time
     */
    public int prepare(String topic, Duration patience) {
        long giveUp = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return producer.partitionsFor(topic).size();
            } catch (TimeoutException e) {
                if (System.nanoTime() - giveUp > 0) {
                    throw e;
                }
            }
        }
    }

    /** Waits a little for what is on its way. */
    @Override
    public void close() {
        producer.close(LAST_RECORDS);
    }
}
