package holt.worker.settle;

import holt.kafka.KafkaClients;
import holt.kafka.Topics;
import holt.worker.report.PublishReplies;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.AcknowledgingMessageListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.util.backoff.FixedBackOff;

/**
 * Moves jobs from the retry topics back to their queues when they are due. All workers share the work as one plain consumer group; each
 * topic has one delay, so that its head is due first, but for the jitter. A job moved twice, because its mover died, is run once more at worst.
 */
public final class RequeueJobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RequeueJobs.class);
    private static final String GROUP = "holt.retry";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    /** A record that is not due pauses its partition; that it has become due is seen between two polls, by default five seconds apart. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final PublishReplies publish;
    private final InstantSource clock;
    private final List<KafkaMessageListenerContainer<String, byte[]>> containers;

    /** @param clock the broker's */
    public RequeueJobs(KafkaClients clients, PublishReplies publish, InstantSource clock) {
        this.publish = publish;
        this.clock = clock;
        containers =
                Stream.of(Topics.Retry.values()).map(retry -> container(clients, retry)).toList();
        containers.forEach(KafkaMessageListenerContainer::start);
    }

    @Override
    public void close() {
        containers.parallelStream().forEach(KafkaMessageListenerContainer::stop);
    }

    private KafkaMessageListenerContainer<String, byte[]> container(
            KafkaClients clients, Topics.Retry retry) {
        var properties = new ContainerProperties(retry.topic());
        properties.setGroupId(GROUP);
        properties.setAckMode(ContainerProperties.AckMode.MANUAL_IMMEDIATE);
        properties.setPollTimeout(LOOK_EVERY.toMillis());
        properties.setMessageListener(
                (AcknowledgingMessageListener<String, byte[]>)
                        (record, acknowledgment) ->
                                requeue(retry, record, Objects.requireNonNull(acknowledgment)));
        var container = new KafkaMessageListenerContainer<>(clients.consumers(), properties);
        // Without it a record is dropped after the tenth failure: a job lost in a long outage.
        container.setCommonErrorHandler(
                new DefaultErrorHandler(
                        new FixedBackOff(AGAIN.toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS)));
        container.setBeanName("requeue-" + retry.topic());
        return container;
    }

    private void requeue(
            Topics.Retry retry,
            ConsumerRecord<String, byte[]> record,
            Acknowledgment acknowledgment) {
        Duration left = Duration.between(clock.instant(), due(retry, record));
        if (left.isPositive()) {
            acknowledgment.nack(left);
            return;
        }
        Header queue = record.headers().lastHeader(PublishReplies.QUEUE_HEADER);
        if (queue == null) {
            LOG.atError()
                    .addKeyValue("jobId", record.key())
                    .log("a record to be retried names no queue; it is dropped");
        } else {
            publish.requeue(
                            new String(queue.value(), StandardCharsets.UTF_8),
                            null,
                            record.key(),
                            record.value(),
                            record.headers())
                    .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }
        acknowledgment.acknowledge();
    }

    /** A record without a due time, from an earlier release, waits for the topic's delay. */
    private static Instant due(Topics.Retry retry, ConsumerRecord<String, byte[]> record) {
        Header due = record.headers().lastHeader(PublishReplies.DUE_HEADER);
        return due == null
                ? Instant.ofEpochMilli(record.timestamp()).plus(retry.delay())
                : Instant.ofEpochMilli(
                        Long.parseLong(new String(due.value(), StandardCharsets.UTF_8)));
    }
}
