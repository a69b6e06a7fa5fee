package holt.kafka;

import holt.protocol.Codec;
import holt.protocol.UnreadableRecordException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
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
 * Reads a topic without a group: every follower sees every record, in the partition's order, on one thread. No rebalance can move a
 * partition away, and a broker that goes and comes back is followed on from the last record read.
 *
 * <p>It follows from its construction on. As a bean it is stopped after the web server, all followers at once: each waits for the fetch
 * that it has under way.
 */
public final class FollowTopic implements AutoCloseable, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(FollowTopic.class);

    private final String topic;
    private final Consumer<ConsumerRecord<String, byte[]>> reader;
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final Map<Integer, Long> unread = new HashMap<>();
    private final KafkaMessageListenerContainer<String, byte[]> container;

    /** Where to start. */
    public sealed interface From {
        /** At the oldest record there is. */
        record Beginning() implements From {}

        /** With the next record to come. */
        record End() implements From {}

        /**
         * At the first record of that time, by the broker's clock.
         *
         * @param most records of each partition that are read back, the newest
         */
        record Since(Instant time, long most) implements From {}
    }

    /**
     * Starts to follow.
     *
     * @param partitions which of them; empty for all
     * @param reader called on the follower's own thread; what it throws is logged, and the record counts as read
     * @throws BrokerUnfitException if the broker is away or lacks the topic
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
        Map<TopicPartition, Long> starts;
        try (Admin admin = clients.admin()) {
            starts = offsets(admin, partitions, from);
        }
        var offsets = new ArrayList<TopicPartitionOffset>();
        starts.forEach((partition, start) ->
                offsets.add(new TopicPartitionOffset(topic, partition.partition(), start)));
        var properties = new ContainerProperties(offsets.toArray(TopicPartitionOffset[]::new));
        properties.setMessageListener((MessageListener<String, byte[]>) this::read);
        properties.setAckMode(ContainerProperties.AckMode.MANUAL);
        properties.setPollTimeout(1_000);
        properties.setIdleBetweenPolls(pace.toMillis());
        properties.setShutdownTimeout(Duration.ofSeconds(5).toMillis());
        container = new KafkaMessageListenerContainer<>(clients.consumers(), properties);
        container.setBeanName("follow-" + topic);
        if (unread.isEmpty()) {
            caughtUp.complete(null);
        }
        container.start();
    }

    /**
     * Follows all partitions of a topic that carries one family of messages. What cannot be read is logged and skipped.
     *
     * @param reader gets the message and the record it came in
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
     * The same for a busy topic that may be read a little later.
     *
     * @param pace between two polls, so that one wake-up reads what several records would have caused
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

    private static <T> void decode(
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
                    .log("a record could not be read; it is skipped");
            return;
        }
        reader.accept(message, record);
    }

    /** Done when everything has been read that was there at the start. */
    public CompletableFuture<Void> caughtUp() {
        return caughtUp.copy();
    }

    /**
     * Waits until everything has been read that was there at the start.
     *
     * @throws BrokerUnfitException if that takes longer than a minute
     */
    public FollowTopic awaitCaughtUp() {
        try {
            caughtUp.get(1, TimeUnit.MINUTES);
            return this;
        } catch (ExecutionException | TimeoutException e) {
            throw new BrokerUnfitException(
                    "topic " + topic + " could not be read to its end within a minute", e);
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

    /** Started with the first beans and stopped with the last. */
    @Override
    public int getPhase() {
        return 0;
    }

    private Map<TopicPartition, Long> offsets(Admin admin, List<Integer> partitions, From from) {
        List<TopicPartition> all = partitions.isEmpty() ? allPartitions(admin) : named(partitions);
        Map<TopicPartition, Long> ends = list(admin, all, OffsetSpec.latest());
        Map<TopicPartition, Long> starts =
                switch (from) {
                    case From.Beginning _ -> list(admin, all, OffsetSpec.earliest());
                    case From.End _ -> ends;
                    case From.Since(Instant time, _) ->
                            list(admin, all, OffsetSpec.forTimestamp(time.toEpochMilli()));
                };
        long most = from instanceof From.Since since ? since.most() : Long.MAX_VALUE;
        var resolved = new HashMap<TopicPartition, Long>();
        for (TopicPartition partition : all) {
            long end = ends.getOrDefault(partition, 0L);
            long start = starts.getOrDefault(partition, -1L);
            // No record that young: the answer to a time beyond the last record is -1.
            resolved.put(partition, start < 0 ? end : Math.max(start, end - most));
            if (start >= 0 && start < end) {
                unread.put(partition.partition(), end - 1);
            }
        }
        return resolved;
    }

    private List<TopicPartition> allPartitions(Admin admin) {
        return EnsureTopics.await(
                        admin.describeTopics(List.of(topic)).allTopicNames(),
                        "asking for topic " + topic)
                .values()
                .stream()
                .flatMap(description -> description.partitions().stream())
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private List<TopicPartition> named(List<Integer> partitions) {
        return partitions.stream().map(partition -> new TopicPartition(topic, partition)).toList();
    }

    private static Map<TopicPartition, Long> list(
            Admin admin, List<TopicPartition> partitions, OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> wanted =
                partitions.stream().collect(Collectors.toMap(partition -> partition, _ -> spec));
        Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> found =
                EnsureTopics.await(admin.listOffsets(wanted).all(), "asking for offsets");
        return found.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
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
                    .log("a record could not be applied; it is skipped and the next one is read");
        }
        Long last = unread.get(record.partition());
        if (last != null && record.offset() >= last) {
            unread.remove(record.partition());
            if (unread.isEmpty()) {
                caughtUp.complete(null);
            }
        }
    }
}
