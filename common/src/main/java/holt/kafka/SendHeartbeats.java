package holt.kafka;

import holt.protocol.Codec;
import holt.protocol.Heartbeat;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends this process's heartbeats, and sets the {@link BrokerClock} by their timestamps. */
public final class SendHeartbeats implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SendHeartbeats.class);
    private static final Duration FIRST_WITHIN = Duration.ofSeconds(15);

    private final Duration period;
    private final BrokerClock clock;
    private final Supplier<Heartbeat> alive;
    private final Supplier<Heartbeat> gone;
    private final Publisher publisher;
    private volatile boolean owed;
    private volatile CompletableFuture<?> last = CompletableFuture.completedFuture(null);
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("heartbeat").factory());

    /**
     * @param alive makes each heartbeat
     * @param gone makes the last record, which says that the process stops
     */
    public SendHeartbeats(
            KafkaClients clients,
            BrokerClock clock,
            Supplier<Heartbeat> alive,
            Supplier<Heartbeat> gone) {
        this(
                clients.settings().heartbeat(),
                clients.publisher(Duration.ZERO, FIRST_WITHIN),
                clock,
                alive,
                gone);
    }

    /** @param publisher closed with this */
    SendHeartbeats(
            Duration period,
            Publisher publisher,
            BrokerClock clock,
            Supplier<Heartbeat> alive,
            Supplier<Heartbeat> gone) {
        this.period = period;
        this.publisher = publisher;
        this.clock = clock;
        this.alive = alive;
        this.gone = gone;
    }

    /**
     * Waits until the broker has confirmed the first heartbeat, so that the clock is set. Then sends one each period.
     *
     * @throws BrokerUnfitException if the broker does not confirm the first heartbeat
     */
    public void start() {
        try {
            send(alive.get()).get(FIRST_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new BrokerUnfitException(
                    "the broker did not confirm the first heartbeat: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnfitException(
                    "interrupted before the broker confirmed the first heartbeat", e);
        }
        timer.scheduleWithFixedDelay(
                this::beat, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether the broker has quickly confirmed a heartbeat within that time. */
    public boolean brokerAnsweredWithin(Duration age) {
        return clock.readWithin(age);
    }

    /** The time between two heartbeats. */
    public Duration period() {
        return period;
    }

    /** Whether the broker has confirmed no heartbeat for that time, not even a slow one. */
    public boolean brokerSilentFor(Duration time) {
        return clock.silentFor(time);
    }

    /** Sends no heartbeat while the last one is on its way, so that none are saved up while the broker is away. The next follows at once. */
    void beat() {
        if (last.isDone()) {
            beatNow();
        } else if (!owed) {
            owed = true;
            last.whenComplete((_, _) -> timer.execute(this::beatOwed));
        }
    }

    private void beatOwed() {
        owed = false;
        beatNow();
    }

    /** Sends a heartbeat at once, because its content has changed. */
    public void beatNow() {
        last =
                send(alive.get())
                        .exceptionally(failure -> {
                            LOG.atWarn()
                                    .addKeyValue("reason", failure.getMessage())
                                    .log(
                                            "the broker did not confirm a heartbeat; the next one follows");
                            return null;
                        });
    }

    /** Sends the last record if the broker is there, and stops. */
    @Override
    public void close() {
        timer.shutdownNow();
        var _ = send(gone.get());
        publisher.close();
    }

    private CompletableFuture<?> send(Heartbeat heartbeat) {
        long begun = clock.begin();
        return publisher
                .send(new ProducerRecord<>(publisher.topics().workers(), Codec.encode(heartbeat)))
                .thenAccept(metadata -> clock.end(begun, metadata.timestamp()));
    }
}
