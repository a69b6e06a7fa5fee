package holt.api.queue.publish;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends one record to the broker. */
@FunctionalInterface
public interface SendRecord {
    /** @return done once the broker has confirmed the record; fails when the producer gives up */
    CompletableFuture<?> send(ProducerRecord<String, byte[]> record);
}
