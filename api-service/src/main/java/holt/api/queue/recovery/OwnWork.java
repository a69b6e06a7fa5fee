package holt.api.queue.recovery;

import holt.kafka.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does work on one API instance at a time: the one to which the consumer group assigns the partition of {@code holt.owners}.
 *
 * <p>Before each round, the owner commits an offset. The coordinator refuses that if the partition has moved, so an owner with a stale view
 * learns it. What the commit proves holds for half of the session: earlier, the coordinator cannot give the partition to another.
 */
public final class OwnWork implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OwnWork.class);

    /** The least that brokers allow by default. */
    private static final Duration SESSION = Duration.ofSeconds(6);

    private static final Duration ROUND = Duration.ofMillis(250);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final KafkaClients clients;

    /** Its topic has the group's name. */
    private final TopicPartition share;

    private final BooleanSupplier able;
    private final java.util.function.Consumer<BooleanSupplier> work;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Consumer<?, ?> consumer;
    private volatile boolean owner;

    /**
     * Starts to take part in the election.
     *
     * @param able whether this instance sees what the work needs. While it does not, it leaves the election to others
     * @param work one round. It asks the given supplier before each thing that it writes, and ends once that is false. It may block
     */
    public OwnWork(
            KafkaClients clients,
            BooleanSupplier able,
            java.util.function.Consumer<BooleanSupplier> work) {
        this.clients = clients;
        this.share = new TopicPartition(clients.topics().owners(), 0);
        this.able = able;
        this.work = work;
        thread = Thread.ofPlatform().daemon().name("own-work").start(this::run);
    }

    /** Whether this instance was the owner a moment ago. */
    boolean isOwner() {
        return owner;
    }

    @Override
    public void close() {
        closed.countDown();
        Consumer<?, ?> waiting = consumer;
        if (waiting != null) {
            // An interrupt would keep it from leaving the group, and the others would wait for its
            // session.
            waiting.wakeup();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!isClosed()) {
            try {
                if (able.getAsBoolean()) {
                    takePart();
                } else {
                    pause();
                }
            } catch (WakeupException e) {
                // Closed.
                return;
            } catch (KafkaException e) {
                LOG.atWarn()
                        .addKeyValue("reason", e.getMessage())
                        .log("the election of the owner failed; this instance takes part again");
                pause();
            }
        }
    }

    private void takePart() {
        try (Consumer<String, byte[]> member =
                clients.consumer(
                        Map.of(
                                ConsumerConfig.GROUP_ID_CONFIG,
                                share.topic(),
                                // The newer protocol has a session of 45 s by default.
                                ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                                "classic",
                                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                                Math.toIntExact(SESSION.toMillis()),
                                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                                Math.toIntExact(SESSION.dividedBy(4).toMillis())))) {
            consumer = member;
            member.subscribe(List.of(share.topic()));
            while (!isClosed() && able.getAsBoolean()) {
                member.poll(ROUND);
                owner = member.assignment().contains(share);
                if (owner) {
                    long asked = System.nanoTime();
                    member.commitSync(
                            Map.of(share, new OffsetAndMetadata(0)), SESSION.dividedBy(4));
                    round(() ->
                            !isClosed()
                                    && System.nanoTime() - asked < SESSION.dividedBy(2).toNanos());
                }
            }
        } finally {
            consumer = null;
            owner = false;
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void round(BooleanSupplier owns) {
        try {
            work.accept(owns);
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("the owner's work failed; the next round follows");
        }
    }

    private void pause() {
        try {
            var _ = closed.await(AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
