package holt.metrics;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;

/** One gauge at one moment, with a row for each combination of labels. */
public final class GaugeRows {
    private final GaugeSnapshot.Builder gauge = GaugeSnapshot.builder();

    public GaugeRows(String name, String help) {
        gauge.name(name).help(help);
    }

    /** @param labels names and values in turn */
    public GaugeRows add(double value, String... labels) {
        gauge.dataPoint(
                GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .value(value)
                        .labels(Labels.of(labels))
                        .build());
        return this;
    }

    public GaugeSnapshot snapshot() {
        return gauge.build();
    }
}
