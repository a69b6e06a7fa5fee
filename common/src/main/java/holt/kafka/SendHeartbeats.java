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

/** Sends this process's signs of life, and reads the broker's clock off their timestamps. */
public final class SendHeartbeats implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SendHeartbeats.class);
    private static final Duration FIRST_BEAT = Duration.ofSeconds(15);

    private final KafkaSettings settings;
    private final BrokerClock clock;
    private final Supplier<Heartbeat> alive;
    private final Supplier<Heartbeat> gone;
    private final Publisher publisher;
    private volatile long confirmedAt = System.nanoTime();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("heartbeat").factory());

    /**
     * @param alive what to send each time
     * @param gone the last word
     */
    public SendHeartbeats(
            KafkaClients clients,
            BrokerClock clock,
            Supplier<Heartbeat> alive,
            Supplier<Heartbeat> gone) {
        this.settings = clients.settings();
        this.clock = clock;
        this.alive = alive;
        this.gone = gone;
        this.publisher = clients.publisher(Duration.ZERO, FIRST_BEAT);
    }

    /**
     * Waits for the first heartbeat's confirmation, so that the clock is set from then on, and goes on beating.
     *
     * @throws BrokerUnfitException if it is not confirmed
     */
    public void start() {
        try {
            beat(alive.get()).get(FIRST_BEAT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new BrokerUnfitException(
                    "the first heartbeat was not confirmed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnfitException(
                    "interrupted before the first heartbeat was confirmed", e);
        }
        long period = settings.heartbeat().toMillis();
        timer.scheduleWithFixedDelay(this::beatNow, period, period, TimeUnit.MILLISECONDS);
    }

    /** Whether the broker has confirmed a heartbeat within that time, and soon. */
    public boolean brokerAnsweredWithin(Duration age) {
        return clock.readWithin(age);
    }

    /** Between two heartbeats. */
    public Duration period() {
        return settings.heartbeat();
    }

    /** Whether the broker has confirmed no heartbeat for that time, not even a slow one. */
    public boolean brokerSilentFor(Duration time) {
        return System.nanoTime() - confirmedAt > time.toNanos();
    }

    /** Tells now what has changed. */
    public void beatNow() {
        var _ =
                beat(alive.get())
                        .exceptionally(failure -> {
                            LOG.atWarn()
                                    .addKeyValue("reason", failure.getMessage())
                                    .log("a heartbeat was not confirmed; the next one follows");
                            return null;
                        });
    }

    /** Stops, with a last word if the broker is there to take it. */
    @Override
    public void close() {
        timer.shutdownNow();
        var _ = beat(gone.get());
        publisher.close();
    }

    private CompletableFuture<?> beat(Heartbeat heartbeat) {
        long begun = clock.begin();
        return publisher
                .send(new ProducerRecord<>(Topics.WORKERS, Codec.encode(heartbeat)))
                .thenAccept(metadata -> {
                    clock.end(begun, metadata.timestamp());
                    confirmedAt = System.nanoTime();
                });
    }
}
