package holt.kafka;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/** Publishes with a Kafka producer. */
final class KafkaPublisher implements Publisher {
    private static final Duration LAST_RECORDS = Duration.ofSeconds(5);

    private final Topics topics;
    private final Producer<String, byte[]> producer;

    KafkaPublisher(Topics topics, Producer<String, byte[]> producer) {
        this.topics = topics;
        this.producer = producer;
    }

    @Override
    public Topics topics() {
        return topics;
    }

    @Override
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

    @Override
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

    @Override
    public void close() {
        producer.close(LAST_RECORDS);
    }
}
