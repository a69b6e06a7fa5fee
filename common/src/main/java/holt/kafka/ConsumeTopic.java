package holt.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic together with other processes, as one consumer group of the new protocol (KIP-848). Records are handled beside each other,
 * so none waits for another one's trouble. Each partition is committed up to its first record that is not done with.
 *
 * <p>If a process dies, others handle its uncommitted records again.
 */
public final class ConsumeTopic implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumeTopic.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration LAST_RECORDS = Duration.ofSeconds(5);

    private final KafkaClients clients;
    private final String topic;
    private final String group;
    private final InstantSource clock;
    private final RecordHandler handler;
    private final Map<TopicPartition, OpenRecords> open = new HashMap<>();
    private final Thread thread;
    private volatile boolean closed;
    private boolean committing;
    private Instant commitFrom = Instant.MIN;

    /**
     * Starts to read.
     *
     * @param clock the broker's
     */
    public ConsumeTopic(
            KafkaClients clients,
            String topic,
            String group,
            InstantSource clock,
            RecordHandler handler) {
        this.clients = clients;
        this.topic = topic;
        this.group = group;
        this.clock = clock;
        this.handler = handler;
        try (Admin admin = clients.admin()) {
            ShortenSession.of(admin, group);
        }
        thread = Thread.ofPlatform().daemon().name("consume-" + topic).start(this::run);
    }

    /** Handles nothing more, and waits a little for what is being handled. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                readUntilClosed(clients.groupConsumer(group));
            } catch (RuntimeException e) {
                LOG.atWarn()
                        .addKeyValue("topic", topic)
                        .setCause(e)
                        .log("a topic could not be read; the next try follows in a second");
                LockSupport.parkNanos(AFTER_FAILURE.toNanos());
            }
        }
    }

    private void readUntilClosed(Consumer<String, byte[]> consumer) {
        open.clear();
        committing = false;
        try {
            consumer.subscribe(List.of(topic), new Rebalance(consumer));
            while (!closed) {
                read(consumer);
            }
            awaitIdle();
            commitNow(consumer, open.keySet());
        } finally {
            consumer.close(CloseOptions.timeout(LAST_RECORDS));
        }
    }

    private void read(Consumer<String, byte[]> consumer) {
        ConsumerRecords<String, byte[]> records = consumer.poll(untilNextDue());
        records.partitions()
                .forEach(partition ->
                        open.computeIfAbsent(partition, _ -> new OpenRecords(handler))
                                .add(records.records(partition)));
        Instant now = clock.instant();
        open.values().forEach(it -> it.handleDue(now));
        commit(consumer, now);
        pauseFull(consumer);
    }

    private Duration untilNextDue() {
        Instant now = clock.instant();
        Instant next = now.plus(POLL);
        for (OpenRecords it : open.values()) {
            next = it.nextDue(next);
        }
        return next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
    }

    private void commit(Consumer<String, byte[]> consumer, Instant now) {
        Map<TopicPartition, OffsetAndMetadata> offsets = toCommit(open.keySet());
        if (committing || offsets.isEmpty() || now.isBefore(commitFrom)) {
            return;
        }
        committing = true;
        consumer.commitAsync(
                offsets,
                (_, failure) -> {
                    committing = false;
                    if (failure == null) {
                        committed(offsets);
                    } else {
                        LOG.atWarn()
                                .addKeyValue("topic", topic)
                                .addKeyValue("reason", failure.getMessage())
                                .log(
                                        "a position was not committed; the next try follows in a second");
                        commitFrom = now.plus(AFTER_FAILURE);
                    }
                });
    }

    private void commitNow(Consumer<String, byte[]> consumer, Collection<TopicPartition> which) {
        Map<TopicPartition, OffsetAndMetadata> offsets = toCommit(which);
        if (!offsets.isEmpty()) {
            consumer.commitSync(offsets, LAST_RECORDS);
            committed(offsets);
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> toCommit(Collection<TopicPartition> which) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (TopicPartition partition : which) {
            OpenRecords records = open.get(partition);
            if (records != null) {
                records.toCommit()
                        .ifPresent(at -> offsets.put(partition, new OffsetAndMetadata(at)));
            }
        }
        return offsets;
    }

    private void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, at) -> {
            OpenRecords records = open.get(partition);
            if (records != null) {
                records.committed(at.offset());
            }
        });
    }

    private void pauseFull(Consumer<String, byte[]> consumer) {
        Set<TopicPartition> full =
                open.entrySet().stream()
                        .filter(it -> it.getValue().isFull())
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
        Set<TopicPartition> paused = consumer.paused();
        if (!paused.equals(full)) {
            consumer.resume(paused);
            consumer.pause(full);
        }
    }

    private void awaitIdle() {
        CompletableFuture.allOf(
                        open.values().stream()
                                .map(OpenRecords::idle)
                                .toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, LAST_RECORDS.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** A partition that another process takes over is committed first. */
    private final class Rebalance implements ConsumerRebalanceListener {
        private final Consumer<String, byte[]> consumer;

        private Rebalance(Consumer<String, byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            try {
                commitNow(consumer, partitions);
            } catch (KafkaException e) {
                LOG.atWarn()
                        .addKeyValue("topic", topic)
                        .addKeyValue("reason", e.getMessage())
                        .log(
                                "a position was not committed; another process handles some records again");
            }
            onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            open.keySet().removeAll(Set.copyOf(partitions));
        }
    }
}
