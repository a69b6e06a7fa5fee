package holt.api.admin;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.EdgeServer;
import holt.api.edge.RawClient;
import holt.api.http.Json;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class QueuesIT {
    @Test
    void anOperatorSeesTheQueueOfEachModel() throws IOException {
        try (var server = EdgeServer.start();
                var client = new RawClient(server.port())) {
            RawClient.Reply reply = client.send(RawClient.get("/admin/v1/queues")).reply();

            assertThat(reply.status()).isEqualTo(200);
            JsonNode first = Json.MAPPER.readTree(reply.bytes()).at("/data/0");
            assertThat(first.get("slots").asInt()).isEqualTo(4);
            assertThat(first.get("queued").asInt()).isEqualTo(6);
            assertThat(first.get("held").asInt()).isEqualTo(2);
            assertThat(first.get("wait_seconds").asDouble()).isEqualTo(1.5);
        }
    }
}
