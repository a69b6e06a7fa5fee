package holt.api.node;

import holt.api.edge.EdgeServer;
import holt.api.edge.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads health on the management port. */
final class ReadHealth {
    private ReadHealth() {}

    static RawClient.Reply whole(EdgeServer server) {
        try (var client = new RawClient(server.managementPort())) {
            return client.send(RawClient.get("/health")).reply();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The status of the part about nodes. */
    static String status(EdgeServer server) {
        return part(server).get("status").asString();
    }

    /** The details of the only node. */
    static JsonNode node(EdgeServer server) {
        return part(server).get("details").valueStream().findFirst().orElseThrow();
    }

    static String state(EdgeServer server) {
        return node(server).get("state").asString();
    }

    private static JsonNode part(EdgeServer server) {
        return new JsonMapper().readTree(whole(server).body()).at("/components/node");
    }
}
