package holt.api.queue.placement;

import holt.kafka.KafkaClients;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code holt.waiting}, the durable part of the line. The API instances share its partitions. An instance puts the jobs of its
 * partitions in its own line, and commits the offset of the oldest job that has not gone to its queue. While the line is full, it reads
 * no more.
 */
public final class ReadWaiting implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReadWaiting.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration COMMIT_WITHIN = Duration.ofSeconds(5);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    /** All of these may come to a line that is almost full. */
    private static final int RECORDS_A_POLL = 100;

    private final KafkaClients clients;

    /** Also the group's name. */
    private final String topic;

    private final KeptJobs jobs;
    private final Map<Integer, Long> committed = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Starts to read.
     *
     * @param ready done once this instance knows which jobs have started
     */
    public ReadWaiting(KafkaClients clients, KeptJobs jobs, CompletableFuture<?> ready) {
        this.clients = clients;
        this.topic = clients.topics().waiting();
        this.jobs = jobs;
        this.thread = Thread.ofPlatform().name("read-waiting").daemon().unstarted(this::read);
        var _ = ready.thenRun(thread::start);
    }

    @Override
    public void close() throws InterruptedException {
        closed.countDown();
        if (thread.getState() != Thread.State.NEW) {
            thread.join(COMMIT_WITHIN);
        }
    }

    private void read() {
        try (Consumer<String, byte[]> consumer = clients.consumer(config())) {
            consumer.subscribe(List.of(topic), new Handover(consumer));
            while (closed.getCount() > 0) {
                readOnce(consumer);
            }
            jobs.lostAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readOnce(Consumer<String, byte[]> consumer) throws InterruptedException {
        try {
            if (jobs.isFull()) {
                consumer.pause(consumer.assignment());
            } else {
                consumer.resume(consumer.paused());
            }
            consumer.poll(POLL).forEach(jobs::read);
            commit(consumer);
        } catch (KafkaException e) {
            LOG.atWarn()
                    .addKeyValue("topic", topic)
                    .addKeyValue("reason", e.getMessage())
                    .log("waiting jobs could not be read or committed; the next try follows");
            var _ = closed.await(RETRY_DELAY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void commit(Consumer<String, byte[]> consumer) {
        var news = new HashMap<TopicPartition, OffsetAndMetadata>();
        jobs.toCommit()
                .forEach((partition, offset) -> {
                    if (!offset.equals(committed.get(partition))) {
                        news.put(
                                new TopicPartition(topic, partition),
                                new OffsetAndMetadata(offset));
                    }
                });
        if (!news.isEmpty()) {
            consumer.commitSync(news, COMMIT_WITHIN);
            news.forEach(
                    (partition, offset) -> committed.put(partition.partition(), offset.offset()));
        }
    }

    private Map<String, Object> config() {
        return Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                topic,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                RECORDS_A_POLL,
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                6_000,
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                2_000,
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName());
    }

    /** Gives up the jobs of partitions that go to other instances. */
    private final class Handover implements ConsumerRebalanceListener {
        private final Consumer<String, byte[]> consumer;

        private Handover(Consumer<String, byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            try {
                commit(consumer);
            } catch (KafkaException e) {
                LOG.atWarn()
                        .addKeyValue("topic", topic)
                        .addKeyValue("reason", e.getMessage())
                        .log(
                                "waiting jobs could not be committed; another instance queues some again, and they run once");
            }
            onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            partitions.forEach(partition -> {
                jobs.lost(partition.partition());
                committed.remove(partition.partition());
            });
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
    }
}
