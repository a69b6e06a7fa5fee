package holt.api.queue.publish;

import holt.kafka.KafkaClients;
import holt.kafka.Topics;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.listener.AcknowledgingMessageListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.util.backoff.FixedBackOff;

/**
 * Reads the records that the broker gave up (KIP-1191), and commits each one once it is settled. The API instances share the records as one
 * plain consumer group.
 *
 * <p>If an instance dies between settling and committing, another settles the record again. Then the job runs twice or ends twice.
 */
public final class DrainUndelivered implements AutoCloseable {
    private static final String GROUP = "holt.undelivered";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    private final SettleUndelivered settle;
    private final KafkaMessageListenerContainer<String, byte[]> container;

    /** Starts to read. */
    public DrainUndelivered(KafkaClients clients, SettleUndelivered settle) {
        this.settle = settle;
        var properties = new ContainerProperties(Topics.UNDELIVERED);
        properties.setGroupId(GROUP);
        properties.setAckMode(ContainerProperties.AckMode.MANUAL_IMMEDIATE);
        properties.setMessageListener(
                (AcknowledgingMessageListener<String, byte[]>)
                        (record, acknowledgment) ->
                                settle(record, Objects.requireNonNull(acknowledgment)));
        container = new KafkaMessageListenerContainer<>(clients.consumers(), properties);
        // The default error handler drops a record after the tenth failure.
        container.setCommonErrorHandler(
                new DefaultErrorHandler(
                        new FixedBackOff(RETRY_DELAY.toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS)));
        container.setBeanName("drain-undelivered");
        container.start();
    }

    @Override
    public void close() {
        container.stop();
    }

    private void settle(ConsumerRecord<String, byte[]> record, Acknowledgment acknowledgment) {
        settle.settle(record).orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
        acknowledgment.acknowledge();
    }
}
