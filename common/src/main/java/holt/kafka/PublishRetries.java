package holt.kafka;

import holt.protocol.ModelName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes records to the retry topics, where they wait until they are due. */
public final class PublishRetries {
    /** A retry waits up to this share longer than its topic's delay. */
    private static final double JITTER = 0.25;

    private final Publisher publisher;
    private final InstantSource clock;
    private final DoubleSupplier random;

    /**
     * @param clock the broker's
     * @param random draws from 0 (inclusive) to 1 (exclusive)
     */
    public PublishRetries(Publisher publisher, InstantSource clock, DoubleSupplier random) {
        this.publisher = publisher;
        this.clock = clock;
        this.random = random;
    }

    /** The due time of a record that is put off now. The jitter spreads jobs that failed together. */
    public Instant due(Topics.Retry retry) {
        double jitter = 1 + JITTER * random.getAsDouble();
        return clock.instant().plusMillis((long) (retry.delay().toMillis() * jitter));
    }

    /**
     * Writes the next attempt of a job of that model.
     *
     * @return completes when the broker has the record
     */
    public CompletableFuture<?> publish(
            Topics.Retry retry, ModelName model, String key, byte[] value, Instant due) {
        return publish(retry, publisher.topics().queue(model), key, value, due, 0);
    }

    /**
     * @param queue to which the record returns
     * @param waits how often a record of a newer version was put off; 0 for a job
     * @return completes when the broker has the record
     */
    public CompletableFuture<?> publish(
            Topics.Retry retry, String queue, String key, byte[] value, Instant due, int waits) {
        var record = new ProducerRecord<>(publisher.topics().retry(retry), key, value);
        RetryHeaders.write(record.headers(), queue, due, waits);
        return publisher.send(record);
    }
}
