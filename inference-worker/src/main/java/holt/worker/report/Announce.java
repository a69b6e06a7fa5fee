package holt.worker.report;

import holt.kafka.BrokerClock;
import holt.kafka.KafkaClients;
import holt.kafka.Publisher;
import holt.kafka.SendHeartbeats;
import holt.kafka.Topics;
import holt.protocol.Codec;
import holt.protocol.Heartbeat;
import holt.protocol.KnownModel;
import holt.protocol.WorkerId;
import holt.worker.claim.ClaimJobs;
import holt.worker.run.ModelRunner;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the API instances what this worker serves: in its heartbeats, and for the time after it in the compacted settings. */
public final class Announce implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Announce.class);
    private static final Duration SILENT = Duration.ofSeconds(12);
    private static final Duration REMEMBER_EVERY = Duration.ofMinutes(1);

    private final WorkerId worker;
    private final SendHeartbeats heart;
    private final Publisher settings;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("announce").factory());
    private volatile Heartbeat.WorkerState state = Heartbeat.WorkerState.DRAINING;
    private volatile List<Slots> serving = List.of();

    /** A model and its slots here. */
    public record Slots(ModelRunner runner, List<ClaimJobs> slots) {
        private Heartbeat.Serving serving() {
            int busy = (int) slots.stream().filter(ClaimJobs::busy).count();
            List<Heartbeat.JobProgress> progress =
                    slots.stream().map(ClaimJobs::progress).filter(Objects::nonNull).toList();
            return new Heartbeat.Serving(
                    runner.model(), runner.slots(), busy, progress.isEmpty() ? null : progress);
        }
    }

    /** The first heartbeat, still without models, sets the clock. */
    public Announce(WorkerId worker, KafkaClients clients, BrokerClock clock) {
        this.worker = worker;
        this.settings = clients.publisher(Duration.ZERO, Duration.ofMinutes(1));
        this.heart =
                new SendHeartbeats(
                        clients, clock, this::heartbeat, () -> new Heartbeat.WorkerGone(worker));
        heart.start();
    }

    /** Whether the broker is there, as far as this worker knows; one that is only slow is. */
    public boolean brokerAnswers() {
        return !heart.brokerSilentFor(SILENT);
    }

    /** From now on jobs are welcome. */
    public void serving(List<Slots> models) {
        serving = models;
        state = Heartbeat.WorkerState.SERVING;
        timer.scheduleWithFixedDelay(
                this::remember, 0, REMEMBER_EVERY.toSeconds(), TimeUnit.SECONDS);
        heart.beatNow();
    }

    /** No new jobs, please. */
    public void draining() {
        state = Heartbeat.WorkerState.DRAINING;
        timer.shutdownNow();
        heart.beatNow();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        heart.close();
        settings.close();
    }

    private Heartbeat heartbeat() {
        return new Heartbeat.OfWorker(worker, state, serving.stream().map(Slots::serving).toList());
    }

    private void remember() {
        for (Slots slots : serving) {
            KnownModel model = slots.runner().model();
            var _ =
                    settings.send(
                                    new ProducerRecord<>(
                                            Topics.SETTINGS,
                                            "model/" + model.name().value(),
                                            Codec.encode(model)))
                            .exceptionally(failure -> {
                                LOG.atWarn()
                                        .addKeyValue("model", model.name().value())
                                        .addKeyValue("reason", failure.getMessage())
                                        .log(
                                                "a model was not announced; the next try follows in a minute");
                                return null;
                            });
        }
    }
}
