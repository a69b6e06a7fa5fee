package holt.worker.report;

import holt.kafka.BrokerClock;
import holt.kafka.KafkaClients;
import holt.kafka.Publisher;
import holt.kafka.SendHeartbeats;
import holt.protocol.EngineHealth;
import holt.protocol.Heartbeat;
import holt.protocol.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Announces the served models to the API instances: in heartbeats, and on {@code holt.settings}. */
public final class Announce implements AutoCloseable {
    private static final Duration SILENT = Duration.ofSeconds(12);
    private static final Duration LOOK_AT_MODELS = Duration.ofMinutes(1);

    private final WorkerStatus status;
    private final SendHeartbeats heartbeats;
    private final Publisher settings;
    private final PublishModels models;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("announce").factory());

    /** Sends the first heartbeat, which sets the clock and names no models yet. */
    public Announce(WorkerId worker, KafkaClients clients, BrokerClock clock) {
        status = new WorkerStatus(worker);
        settings = clients.publisher(Duration.ZERO, LOOK_AT_MODELS);
        models = new PublishModels(settings, System::nanoTime);
        heartbeats = new SendHeartbeats(clients, clock, status::heartbeat, status::gone);
        heartbeats.start();
    }

    /** Whether the broker has confirmed a heartbeat lately. A slow broker counts as answering. */
    public boolean brokerAnswers() {
        return !heartbeats.brokerSilentFor(SILENT);
    }

    /**
     * @param served the models at each moment, with busy slots and progress
     * @param engines outside this process, at each moment
     * @param canClaim whether this worker can claim jobs. While it cannot, it announces itself as draining
     */
    public void serve(
            Supplier<List<Heartbeat.Serving>> served,
            Supplier<List<EngineHealth>> engines,
            BooleanSupplier canClaim) {
        status.serve(served, engines, canClaim);
        var _ =
                timer.scheduleWithFixedDelay(
                        () ->
                                models.publish(
                                        status.models().stream()
                                                .map(Heartbeat.Serving::model)
                                                .toList()),
                        0,
                        LOOK_AT_MODELS.toSeconds(),
                        TimeUnit.SECONDS);
        heartbeats.beatNow();
    }

    /** Tells the API instances to send no new jobs. */
    public void drain() {
        status.drain();
        timer.shutdownNow();
        heartbeats.beatNow();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        heartbeats.close();
        settings.close();
    }
}
