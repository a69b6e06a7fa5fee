package holt.kafka;

import holt.protocol.Codec;
import holt.protocol.UnreadableRecordException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.support.TopicPartitionOffset;

/**
 * Reads a topic without a group: every follower sees every record, in the partition's order, on one thread. No rebalance can take a
 * partition away. After a broker's outage, the follower goes on behind the last record that it has read.
 *
 * <p>A follower starts when it is constructed. As beans, all followers stop together, after the web server. Each waits for its present
 * fetch.
 */
public final class FollowTopic implements AutoCloseable, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(FollowTopic.class);

    private final String topic;
    private final Consumer<ConsumerRecord<String, byte[]>> reader;
    private final Backlog backlog;
    private final KafkaMessageListenerContainer<String, byte[]> container;

    /** The first record to read. */
    public sealed interface From {
        /** The oldest record. */
        record Beginning() implements From {}

        /** The next record to come. */
        record End() implements From {}

        /**
         * The first record since that time, by the broker's clock.
         *
         * @param most records of each partition to read, the newest
         */
        record Since(Instant time, long most) implements From {}
    }

    /**
     * Starts to follow.
     *
     * @param partitions of the topic; empty for all
     * @param reader called on the follower's own thread. If it throws, the follower logs that and goes on with the next record
     * @throws BrokerUnfitException if the broker is out of reach or lacks the topic
     */
    public FollowTopic(
            KafkaClients clients,
            String topic,
            List<Integer> partitions,
            From from,
            Consumer<ConsumerRecord<String, byte[]>> reader) {
        this(clients, topic, partitions, from, Duration.ZERO, reader);
    }

    private FollowTopic(
            KafkaClients clients,
            String topic,
            List<Integer> partitions,
            From from,
            Duration pace,
            Consumer<ConsumerRecord<String, byte[]>> reader) {
        this.topic = topic;
        this.reader = reader;
        try (Admin admin = clients.admin()) {
            backlog = backlog(new FindOffsets(admin, topic, partitions), from);
        }
        var properties =
                new ContainerProperties(
                        backlog.starts().entrySet().stream()
                                .map(start -> offset(start.getKey(), start.getValue()))
                                .toArray(TopicPartitionOffset[]::new));
        properties.setMessageListener((MessageListener<String, byte[]>) this::read);
        properties.setAckMode(ContainerProperties.AckMode.MANUAL);
        properties.setPollTimeout(1_000);
        properties.setIdleBetweenPolls(pace.toMillis());
        properties.setShutdownTimeout(Duration.ofSeconds(5).toMillis());
        container = new KafkaMessageListenerContainer<>(clients.consumers(), properties);
        container.setBeanName("follow-" + topic);
        container.start();
    }

    /**
     * Follows all partitions of a topic that carries one family of messages. The follower logs and skips unreadable records.
     *
     * @param reader receives each message with its record
     */
    public static <T> FollowTopic messages(
            KafkaClients clients,
            String topic,
            From from,
            Class<T> family,
            BiConsumer<T, ConsumerRecord<String, byte[]>> reader) {
        return messages(clients, topic, from, Duration.ZERO, family, reader);
    }

    /**
     * The same for a busy topic whose records may wait a little.
     *
     * @param pace pause between two polls, so that one wake-up reads many records
     */
    public static <T> FollowTopic messages(
            KafkaClients clients,
            String topic,
            From from,
            Duration pace,
            Class<T> family,
            BiConsumer<T, ConsumerRecord<String, byte[]>> reader) {
        return new FollowTopic(
                clients, topic, List.of(), from, pace, record -> decode(record, family, reader));
    }

    static <T> void decode(
            ConsumerRecord<String, byte[]> record,
            Class<T> family,
            BiConsumer<T, ConsumerRecord<String, byte[]>> reader) {
        T message;
        try {
            message = Codec.decode(record.value(), family);
        } catch (UnreadableRecordException e) {
            LOG.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("reason", e.getMessage())
                    .log("a record is unreadable; the follower skips it");
            return;
        }
        reader.accept(message, record);
    }

    /** Completes when the follower has read all records that the topic held at the start. */
    public CompletableFuture<Void> caughtUp() {
        return backlog.read().copy();
    }

    /**
     * Waits until the follower has read all records that the topic held at the start.
     *
     * @throws BrokerUnfitException if that takes longer than a minute
     */
    public FollowTopic awaitCaughtUp() {
        try {
            backlog.read().get(1, TimeUnit.MINUTES);
            return this;
        } catch (ExecutionException | TimeoutException e) {
            throw new BrokerUnfitException(
                    "could not read topic " + topic + " to its end within a minute", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnfitException("interrupted while reading topic " + topic, e);
        }
    }

    @Override
    public void close() {
        container.stop();
    }

    @Override
    public void start() {
        container.start();
    }

    @Override
    public void stop() {
        close();
    }

    @Override
    public void stop(Runnable stopped) {
        container.stop(stopped);
    }

    @Override
    public boolean isRunning() {
        return container.isRunning();
    }

    /** Starts with the first beans and stops with the last. */
    @Override
    public int getPhase() {
        return 0;
    }

    private static Backlog backlog(FindOffsets offsets, From from) {
        Map<TopicPartition, Long> ends = offsets.at(OffsetSpec.latest());
        return switch (from) {
            case From.Beginning _ ->
                    new Backlog(offsets.at(OffsetSpec.earliest()), ends, Long.MAX_VALUE);
            case From.End _ -> new Backlog(ends, ends, 0);
            case From.Since(Instant time, long most) ->
                    new Backlog(
                            offsets.at(OffsetSpec.forTimestamp(time.toEpochMilli())), ends, most);
        };
    }

    private static TopicPartitionOffset offset(TopicPartition partition, long offset) {
        return new TopicPartitionOffset(partition.topic(), partition.partition(), offset);
    }

    private void read(ConsumerRecord<String, byte[]> record) {
        try {
            reader.accept(record);
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("topic", topic)
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .setCause(e)
                    .log("a record could not be applied; the follower skips it");
        }
        backlog.read(record.partition(), record.offset());
    }
}
