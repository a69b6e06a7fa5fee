package holt.worker.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import holt.protocol.Heartbeat;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import holt.worker.metrics.MeasureSlots;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ManagementServerTest {
    @Test
    void aWorkerTellsItsHealthReadinessAndMetrics() throws Exception {
        var reason = new AtomicReference<String>();
        var model =
                new KnownModel(
                        new ModelName("otter"), KnownModel.Kind.CHAT, "", Instant.EPOCH, 10, 10);
        try (var server = new ManagementServer(new ManagementSettings("127.0.0.1", 0));
                var http = HttpClient.newHttpClient()) {
            assertThat(get(http, server, "/health").statusCode()).isEqualTo(200);
            assertThat(get(http, server, "/ready").statusCode()).isEqualTo(503);

            server.show(
                    List.of(),
                    List.of(new MeasureSlots(() -> List.of(new Heartbeat.Serving(model, 4)))),
                    reason::get);

            assertThat(get(http, server, "/ready").statusCode()).isEqualTo(200);
            assertThat(get(http, server, "/metrics").body())
                    .contains("holt_slots{model=\"otter\"} 4.0")
                    .contains("jvm_memory_used_bytes");
            assertThat(get(http, server, "/nowhere").statusCode()).isEqualTo(404);

            reason.set("this worker drains and ends");
            HttpResponse<String> unready = get(http, server, "/ready");
            assertThat(unready.statusCode()).isEqualTo(503);
            assertThat(unready.body()).contains("drains");
            assertThat(get(http, server, "/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aWorkerCanHaveNoPort() {
        try (var server = new ManagementServer(new ManagementSettings("127.0.0.1", -1))) {
            assertThat(server.url()).isNull();
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ManagementSettings("127.0.0.1", 65_536))
                .withMessageStartingWith("holt.worker.management.port");
    }

    private static HttpResponse<String> get(HttpClient http, ManagementServer server, String path)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
