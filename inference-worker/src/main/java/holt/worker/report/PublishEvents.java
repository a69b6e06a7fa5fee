package holt.worker.report;

import holt.kafka.Publisher;
import holt.protocol.Codec;
import holt.protocol.JobEvent;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Writes job events to {@code holt.events}. One publisher for all of a job's events keeps their order. */
public final class PublishEvents {
    private final Publisher publisher;

    public PublishEvents(Publisher publisher) {
        this.publisher = publisher;
    }

    /** @return completes when the broker has the event */
    public CompletableFuture<RecordMetadata> publish(JobEvent event) {
        return publisher.send(
                new ProducerRecord<>(
                        publisher.topics().events(), event.job().value(), Codec.encode(event)));
    }
}
