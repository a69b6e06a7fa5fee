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
import java.util.function.LongConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Reads a topic without a group: every follower sees every record, in the partition's order, on one thread. No rebalance can take a
 * partition away. After a failure that can pass, the follower goes on behind the last record that it has read ({@link FollowLoop}).
 *
 * <p>A follower starts when it is constructed. As beans, all followers stop together, after the web server. Each waits for its present
 * fetch.
 */
public final class FollowTopic implements AutoCloseable, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(FollowTopic.class);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final String topic;
    private final Backlog backlog;
    private final FollowLoop loop;
    private final Thread thread;

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

        /**
         * The records from these offsets on.
         *
         * @param next by partition. Other partitions begin at their oldest record
         */
        record Offsets(Map<Integer, Long> next) implements From {}
    }

    /**
     * Starts to follow.
     *
     * @param partitions of the topic; empty for all
     * @param reader called on the follower's own thread. If it throws an exception, the follower logs that and goes on with the next
     *     record. An error ends the follower, and {@link WatchFollowers} the process
     * @throws BrokerUnfitException if the broker is out of reach or lacks the topic
     */
    public FollowTopic(
            KafkaClients clients,
            String topic,
            List<Integer> partitions,
            From from,
            Consumer<ConsumerRecord<String, byte[]>> reader) {
        this(clients, topic, partitions, from, Duration.ZERO, reader, _ -> {});
    }

    private FollowTopic(
            KafkaClients clients,
            String topic,
            List<Integer> partitions,
            From from,
            Duration pace,
            Consumer<ConsumerRecord<String, byte[]>> reader,
            LongConsumer polled) {
        this.topic = topic;
        try (Admin admin = clients.admin()) {
            backlog = backlog(new FindOffsets(admin, topic, partitions), from);
        }
        loop =
                new FollowLoop(
                        topic,
                        clients.consumer(Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none")),
                        backlog,
                        from instanceof From.End,
                        pace,
                        reader,
                        polled,
                        System::nanoTime);
        thread = Thread.ofPlatform().daemon().name("follow-" + topic).start(loop);
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
     * @param pace pause between two polls, so that one wake-up reads many records. None while there are unread ones
     */
    public static <T> FollowTopic messages(
            KafkaClients clients,
            String topic,
            From from,
            Duration pace,
            Class<T> family,
            BiConsumer<T, ConsumerRecord<String, byte[]>> reader) {
        return messages(clients, topic, from, pace, family, reader, _ -> {});
    }

    /**
     * The same for a reader that keeps what it has read.
     *
     * @param polled gets the number of unread records after each poll. If it throws an exception, the follower ends
     */
    public static <T> FollowTopic messages(
            KafkaClients clients,
            String topic,
            From from,
            Duration pace,
            Class<T> family,
            BiConsumer<T, ConsumerRecord<String, byte[]>> reader,
            LongConsumer polled) {
        return new FollowTopic(
                clients,
                topic,
                List.of(),
                from,
                pace,
                record -> decode(record, family, reader),
                polled);
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

    /** How it fares now. */
    public FollowHealth health() {
        return loop.health();
    }

    /** How many records the broker was known to have after the last poll that this follower had not read. */
    public long unread() {
        return loop.unread();
    }

    /** How long ago the last poll ended. */
    public Duration sincePoll() {
        return loop.sincePoll();
    }

    @Override
    public void close() {
        loop.stop();
        try {
            var _ = thread.join(STOP_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does nothing: it started when it was constructed. */
    @Override
    public void start() {}

    @Override
    public void stop() {
        close();
    }

    @Override
    public void stop(Runnable stopped) {
        loop.stop();
        Thread.startVirtualThread(() -> {
            close();
            stopped.run();
        });
    }

    @Override
    public boolean isRunning() {
        return !loop.isStopped();
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
            case From.Offsets(Map<Integer, Long> next) -> {
                Map<TopicPartition, Long> starts = offsets.at(OffsetSpec.earliest());
                starts.replaceAll(
                        (partition, oldest) -> next.getOrDefault(partition.partition(), oldest));
                yield new Backlog(starts, ends, Long.MAX_VALUE);
            }
        };
    }
}
