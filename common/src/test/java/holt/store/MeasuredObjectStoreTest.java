package holt.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuredObjectStoreTest {
    private final InMemoryObjectStore inside = new InMemoryObjectStore();
    private final MeasuredObjectStore store = new MeasuredObjectStore(inside);

    @Test
    void callsBytesAndErrorsAreCounted() {
        store.put("a", new byte[10], "text/plain");
        assertThat(store.get("a")).hasSize(10);
        assertThat(store.list("a")).hasSize(1);
        assertThatExceptionOfType(ObjectNotFoundException.class)
                .isThrownBy(() -> store.get("none"));
        store.delete("a");

        assertThat(calls("get")).isEqualTo(2);
        assertThat(calls("put")).isEqualTo(1);
        assertThat(count(2, "get")).isEqualTo(10);
        assertThat(((CounterSnapshot) store.collectors().get(1).collect()).getDataPoints())
                .as("errors")
                .isEmpty();
    }

    private long calls(String op) {
        return ((HistogramSnapshot) store.collectors().getFirst().collect())
                .getDataPoints().stream()
                        .filter(row -> List.of(op).contains(row.getLabels().get("op")))
                        .mapToLong(row -> row.getCount())
                        .sum();
    }

    private double count(int collector, String op) {
        return ((CounterSnapshot) store.collectors().get(collector).collect())
                .getDataPoints().stream()
                        .filter(row -> op.equals(row.getLabels().get("op")))
                        .mapToDouble(row -> row.getValue())
                        .sum();
    }
}
