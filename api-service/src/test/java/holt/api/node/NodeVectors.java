package holt.api.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@code node.json}: the requests of a communication node, and what its clients see of replies. */
public final class NodeVectors {
    private static final JsonNode VECTORS = read();

    private NodeVectors() {}

    /** A call of the node to this service. */
    public static JsonNode exchange(int id) {
        return in("exchanges", id);
    }

    /** A call of this service to the node. */
    public static JsonNode registration(int id) {
        return in("registration", id);
    }

    private static JsonNode in(String part, int id) {
        return VECTORS.get(part)
                .valueStream()
                .filter(vector -> vector.get("id").intValue() == id)
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode read() {
        try (InputStream file = NodeVectors.class.getResourceAsStream("/node.json")) {
            return new JsonMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
