package holt.api.queue;

import holt.api.controls.PausedModels;
import holt.api.models.ModelCatalog;
import holt.api.queue.index.JobIndex;
import holt.api.queue.index.QueueLoad;
import holt.api.queue.publish.Breakers;
import holt.metrics.GaugeRows;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The metrics of the queues, computed when somebody asks. What comes from the log is the same on each instance: depth, age, rate, ended
 * jobs.
 */
final class MeasureQueues implements MultiCollector {
    private final JobIndex index;
    private final TrackQueues queues;
    private final ModelCatalog catalog;
    private final PausedModels paused;
    private final Breakers breakers;
    private final InstantSource clock;

    /** @param clock the broker's */
    MeasureQueues(
            JobIndex index,
            TrackQueues queues,
            ModelCatalog catalog,
            PausedModels paused,
            Breakers breakers,
            InstantSource clock) {
        this.index = index;
        this.queues = queues;
        this.catalog = catalog;
        this.paused = paused;
        this.breakers = breakers;
        this.clock = clock;
    }

    @Override
    public MetricSnapshots collect() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        addLoads(all);
        addModels(all);
        var open =
                new GaugeRows(
                        "holt_breaker_open", "1 while the broker does not take records in time");
        breakers.open()
                .forEach((place, isOpen) ->
                        open.add(
                                isOpen ? 1 : 0,
                                "topic",
                                place.topic(),
                                "partition",
                                Integer.toString(place.partition())));
        return all.metricSnapshot(open.snapshot()).metricSnapshot(ended()).build();
    }

    private void addLoads(MetricSnapshots.Builder all) {
        var depth = new GaugeRows("holt_queue_depth", "jobs that no worker has started");
        var age = new GaugeRows("holt_queue_oldest_age_seconds", "age of the oldest of them");
        var rate =
                new GaugeRows(
                        "holt_queue_drain_rate", "jobs a second that left in the last minute");
        Instant now = clock.instant();
        for (QueueLoad load : index.loads()) {
            String[] labels = {"model", load.model().value(), "lane", load.lane().label()};
            Instant oldest = load.oldest();
            depth.add(load.waiting(), labels);
            age.add(
                    oldest == null
                            ? 0
                            : Math.max(0, Duration.between(oldest, now).toMillis() / 1e3),
                    labels);
            rate.add(load.drainRate(), labels);
        }
        all.metricSnapshot(depth.snapshot())
                .metricSnapshot(age.snapshot())
                .metricSnapshot(rate.snapshot());
    }

    private void addModels(MetricSnapshots.Builder all) {
        var wait =
                new GaugeRows(
                        "holt_queue_predicted_wait_seconds",
                        "how long a new job waits; absent if that is unknown");
        var held = new GaugeRows("holt_queue_held", "jobs that wait inside this instance");
        var pauses = new GaugeRows("holt_queue_paused", "1 if an operator has paused the model");
        for (KnownModel model : catalog.list()) {
            ModelName name = model.name();
            QueueState queue = queues.of(name);
            held.add(queue.held(), "model", name.value());
            pauses.add(paused.contains(name) ? 1 : 0, "model", name.value());
            if (queue.newJobWaits() != null) {
                wait.add(queue.newJobWaits().toMillis() / 1e3, "model", name.value());
            }
        }
        all.metricSnapshot(wait.snapshot())
                .metricSnapshot(held.snapshot())
                .metricSnapshot(pauses.snapshot());
    }

    private CounterSnapshot ended() {
        CounterSnapshot.Builder jobs =
                CounterSnapshot.builder().name("holt_jobs").help("jobs that have ended");
        index.ended()
                .forEach((model, counts) ->
                        counts.forEach((status, count) ->
                                jobs.dataPoint(
                                        CounterSnapshot.CounterDataPointSnapshot.builder()
                                                .value(count)
                                                .labels(
                                                        Labels.of(
                                                                "model",
                                                                model.value(),
                                                                "outcome",
                                                                status.label()))
                                                .build())));
        return jobs.build();
    }
}
