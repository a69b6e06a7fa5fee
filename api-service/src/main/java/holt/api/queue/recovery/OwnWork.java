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
 * <p>Again and again, the owner commits an offset. The coordinator refuses that if the partition has moved, so an owner with a stale view
 * learns it. What the commit proves holds for half of the session: earlier, the coordinator cannot give the partition to another. The work has
 * a thread of its own, so that the proof is renewed while the work waits.
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
    private final Thread election;
    private final Thread worker;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** When the last commit was asked for that succeeded, by the monotonic clock. */
    private volatile long proven = never();

    private volatile @Nullable Consumer<?, ?> consumer;

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
        election = Thread.ofPlatform().daemon().name("elect-owner").start(this::elect);
        worker = Thread.ofPlatform().daemon().name("own-work").start(this::work);
    }

    /** Whether this instance is the owner now. */
    public boolean isOwner() {
        return !isClosed() && System.nanoTime() - proven < SESSION.dividedBy(2).toNanos();
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
            election.join();
            worker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void elect() {
        while (!isClosed()) {
            try {
                if (able.getAsBoolean()) {
                    takePart();
                } else {
                    pause(AFTER_FAILURE);
                }
            } catch (WakeupException e) {
                // Closed.
                return;
            } catch (KafkaException e) {
                LOG.atWarn()
                        .addKeyValue("reason", e.getMessage())
                        .log("the election of the owner failed; this instance takes part again");
                pause(AFTER_FAILURE);
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
                boolean owner = member.assignment().contains(share);
                if (owner) {
                    long asked = System.nanoTime();
                    member.commitSync(
                            Map.of(share, new OffsetAndMetadata(0)), SESSION.dividedBy(4));
                    if (!isOwner()) {
                        LOG.atInfo().log("this instance is the owner now");
                    }
                    proven = asked;
                } else {
                    proven = never();
                }
            }
        } finally {
            proven = never();
            consumer = null;
        }
    }

    private static long never() {
        return System.nanoTime() - SESSION.toNanos();
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void work() {
        while (!isClosed()) {
            if (isOwner()) {
                round();
            }
            pause(ROUND);
        }
    }

    private void round() {
        try {
            work.accept(this::isOwner);
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("the owner's work failed; the next round follows");
        }
    }

    private void pause(Duration time) {
        try {
            var _ = closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
