package holt.api.admin;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.EdgeServer;
import holt.api.edge.RawClient;
import holt.api.http.Json;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EnginesIT {
    @Test
    void anOperatorSeesTheEnginesOfEachWorker() throws IOException {
        try (var server = EdgeServer.start();
                var client = new RawClient(server.port())) {
            RawClient.Reply reply = client.send(RawClient.get("/admin/v1/engines")).reply();

            assertThat(reply.status()).isEqualTo(200);
            JsonNode engines = Json.MAPPER.readTree(reply.bytes()).get("data");
            assertThat(engines.get(0).get("address").asString()).isEqualTo("gpu1:8000");
            assertThat(engines.get(0).get("up").asBoolean()).isTrue();
            assertThat(engines.get(0).get("slots").asInt()).isEqualTo(32);
            assertThat(engines.get(0).at("/models/0").asString()).isEqualTo("m");
            assertThat(engines.get(1).get("up").asBoolean()).isFalse();
            assertThat(engines.get(1).get("trouble").asString())
                    .isEqualTo("the engine cannot be asked");
        }
    }
}
