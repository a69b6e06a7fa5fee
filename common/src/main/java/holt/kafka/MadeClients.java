package holt.kafka;

import holt.metrics.GaugeRows;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.WeakHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * The Kafka clients of one process, and the few of their metrics that tell of trouble. It forgets clients that nobody uses any more.
 */
final class MadeClients implements MultiCollector {
    /** Kafka's names. With all of them, sixty queues would fill ten thousand rows. */
    private static final Set<String> CHOSEN =
            Set.of(
                    "connection-count",
                    "failed-authentication-total",
                    "request-latency-avg",
                    "record-error-total",
                    "record-retry-total",
                    "records-lag-max");

    private final Set<Object> clients =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    <T> T add(T client) {
        clients.add(client);
        return client;
    }

    @Override
    public MetricSnapshots collect() {
        Map<String, Map<String, Double>> byName = new TreeMap<>();
        List<Object> all;
        synchronized (clients) {
            all = List.copyOf(clients);
        }
        all.forEach(client -> metrics(client).forEach((name, metric) -> add(byName, name, metric)));
        MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
        byName.forEach((name, values) -> {
            var gauge =
                    new GaugeRows(
                            "holt_kafka_" + name.replace("-total", "").replace('-', '_'),
                            "Kafka's " + name + " of a client");
            values.forEach((client, value) -> gauge.add(value, "client", client));
            snapshots.metricSnapshot(gauge.snapshot());
        });
        return snapshots.build();
    }

    /** A client has a metric as a whole, and the same for each node, topic and partition. The whole counts. */
    private static void add(
            Map<String, Map<String, Double>> byName, MetricName name, Metric metric) {
        String client = name.tags().get("client-id");
        if (client != null
                && name.tags().size() == 1
                && CHOSEN.contains(name.name())
                && metric.metricValue() instanceof Double value
                && !value.isNaN()) {
            byName.computeIfAbsent(name.name(), _ -> new TreeMap<>()).put(client, value);
        }
    }

    private static Map<MetricName, ? extends Metric> metrics(Object client) {
        return switch (client) {
            case Producer<?, ?> producer -> producer.metrics();
            case Consumer<?, ?> consumer -> consumer.metrics();
            case ShareConsumer<?, ?> consumer -> consumer.metrics();
            default -> Map.of();
        };
    }
}
