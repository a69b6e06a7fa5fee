package holt.worker.settle;

import holt.kafka.KafkaClients;
import holt.kafka.Publisher;
import holt.kafka.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.util.backoff.FixedBackOff;

/**
 * Reads the retry topics as one plain consumer group of all workers. Each topic has one delay. So its first record is due first, except for
 * the jitter.
 */
public final class RequeueJobs implements AutoCloseable {
    private static final String GROUP = "holt.retry";
    private static final Duration RETRY_EVERY = Duration.ofSeconds(1);

    /** A record that is not due pauses its partition, and only the next poll resumes it. The default poll takes five seconds. */
    private static final Duration POLL = Duration.ofMillis(200);

    private final List<KafkaMessageListenerContainer<String, byte[]>> containers;

    /**
     * @param publisher writes to the queues
     * @param clock the broker's
     */
    public RequeueJobs(KafkaClients clients, Publisher publisher, InstantSource clock) {
        containers =
                Stream.of(Topics.Retry.values())
                        .map(retry ->
                                container(
                                        clients,
                                        retry,
                                        new RequeueWhenDue(retry, publisher, clock)))
                        .toList();
        containers.forEach(KafkaMessageListenerContainer::start);
    }

    @Override
    public void close() {
        containers.parallelStream().forEach(KafkaMessageListenerContainer::stop);
    }

    private static KafkaMessageListenerContainer<String, byte[]> container(
            KafkaClients clients, Topics.Retry retry, RequeueWhenDue listener) {
        var properties = new ContainerProperties(retry.topic());
        properties.setGroupId(GROUP);
        properties.setAckMode(ContainerProperties.AckMode.MANUAL_IMMEDIATE);
        properties.setPollTimeout(POLL.toMillis());
        properties.setMessageListener(listener);
        var container = new KafkaMessageListenerContainer<>(clients.consumers(), properties);
        // The default handler drops a record after its tenth failure. A long outage would lose
        // jobs.
        container.setCommonErrorHandler(
                new DefaultErrorHandler(
                        new FixedBackOff(RETRY_EVERY.toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS)));
        container.setBeanName("requeue-" + retry.topic());
        return container;
    }
}
