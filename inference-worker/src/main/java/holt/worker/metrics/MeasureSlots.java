package holt.worker.metrics;

import holt.metrics.GaugeRows;
import holt.protocol.Heartbeat;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.Supplier;

/** The slots of each model that a worker serves. */
public final class MeasureSlots implements MultiCollector {
    private final Supplier<List<Heartbeat.Serving>> models;

    public MeasureSlots(Supplier<List<Heartbeat.Serving>> models) {
        this.models = models;
    }

    @Override
    public MetricSnapshots collect() {
        var slots = new GaugeRows("holt_slots", "jobs of a model that run at once");
        var busy = new GaugeRows("holt_slots_busy", "jobs that run now");
        models.get()
                .forEach(serving -> {
                    String model = serving.model().name().value();
                    slots.add(serving.slots(), "model", model);
                    busy.add(serving.busy(), "model", model);
                });
        return MetricSnapshots.of(slots.snapshot(), busy.snapshot());
    }
}
