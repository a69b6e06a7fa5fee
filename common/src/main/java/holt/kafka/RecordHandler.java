package holt.kafka;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Handles the records of a topic, each when it is due. Neither method may block. */
public interface RecordHandler {
    /** The earliest time at which to handle the record, by the broker's clock. */
    Instant due(ConsumerRecord<String, byte[]> record);

    /** @return completes when the record is done with. If it fails, the record is handled again a second later */
    CompletableFuture<?> handle(ConsumerRecord<String, byte[]> record);
}
