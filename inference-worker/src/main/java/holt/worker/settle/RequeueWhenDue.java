package holt.worker.settle;

import holt.kafka.Publisher;
import holt.kafka.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.AcknowledgingMessageListener;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Moves a record of one retry topic back to its queue once it is due. It commits the record after the broker has confirmed the move. If the
 * worker dies in between, another worker moves the record again, and the job runs once more at worst.
 */
final class RequeueWhenDue implements AcknowledgingMessageListener<String, byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(RequeueWhenDue.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Topics.Retry retry;
    private final Publisher publisher;
    private final InstantSource clock;

    RequeueWhenDue(Topics.Retry retry, Publisher publisher, InstantSource clock) {
        this.retry = retry;
        this.publisher = publisher;
        this.clock = clock;
    }

    @Override
    public void onMessage(
            ConsumerRecord<String, byte[]> record, @Nullable Acknowledgment acknowledgment) {
        Objects.requireNonNull(acknowledgment);
        Duration left = Duration.between(clock.instant(), RetryHeaders.due(record, retry));
        if (left.isPositive()) {
            acknowledgment.nack(left);
            return;
        }
        String queue = RetryHeaders.queue(record);
        if (queue == null) {
            LOG.atError()
                    .addKeyValue("jobId", record.key())
                    .log("a record of a retry topic names no queue; it is dropped");
        } else {
            publisher
                    .send(
                            new ProducerRecord<>(
                                    queue,
                                    null,
                                    null,
                                    record.key(),
                                    record.value(),
                                    record.headers()))
                    .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }
        acknowledgment.acknowledge();
    }
}
