package holt.api.models;

import holt.metrics.GaugeRows;
import holt.protocol.Heartbeat;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.InstantSource;

/** The live workers as an API instance sees them. */
final class MeasureWorkers implements MultiCollector {
    private final TrackWorkers workers;
    private final InstantSource clock;

    /** @param clock the broker's */
    MeasureWorkers(TrackWorkers workers, InstantSource clock) {
        this.workers = workers;
        this.clock = clock;
    }

    @Override
    public MetricSnapshots collect() {
        var slots =
                new GaugeRows("holt_worker_slots", "jobs of a model that a worker runs at once");
        var busy = new GaugeRows("holt_worker_slots_busy", "jobs that run now");
        var draining = new GaugeRows("holt_worker_draining", "1 while a worker claims no jobs");
        var age =
                new GaugeRows(
                        "holt_worker_heartbeat_age_seconds", "age of a worker's last heartbeat");
        for (TrackWorkers.LiveWorker live : workers.workers()) {
            Heartbeat.OfWorker beat = live.heartbeat();
            String worker = beat.worker().value();
            draining.add(beat.state() == Heartbeat.WorkerState.DRAINING ? 1 : 0, "worker", worker);
            age.add(
                    Duration.between(live.at(), clock.instant()).toMillis() / 1e3,
                    "worker",
                    worker);
            beat.serving()
                    .forEach(serving -> {
                        String model = serving.model().name().value();
                        slots.add(serving.slots(), "worker", worker, "model", model);
                        busy.add(serving.busy(), "worker", worker, "model", model);
                    });
        }
        return MetricSnapshots.of(
                slots.snapshot(), busy.snapshot(), draining.snapshot(), age.snapshot());
    }
}
