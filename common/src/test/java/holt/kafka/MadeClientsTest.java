package holt.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class MadeClientsTest {
    private final MadeClients clients = new MadeClients();

    @Test
    void aClientShowsAFewOfItsMetrics() {
        try (Producer<String, byte[]> _ =
                clients.add(
                        new KafkaProducer<>(
                                Map.of("bootstrap.servers", "127.0.0.1:1", "client.id", "otter"),
                                new StringSerializer(),
                                new ByteArraySerializer()))) {
            assertThat(clients.collect().stream().map(metric -> metric.getMetadata().getName()))
                    .contains("holt_kafka_connection_count", "holt_kafka_record_error");
            assertThat(clients.collect().stream())
                    .allSatisfy(metric ->
                            assertThat(((GaugeSnapshot) metric).getDataPoints())
                                    .singleElement()
                                    .satisfies(row ->
                                            assertThat(row.getLabels().get("client"))
                                                    .isEqualTo("otter")));
        }
    }
}
