package holt.system.rig.topics;

import holt.protocol.Codec;
import java.util.ArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Turns messages into those of a later release. */
public final class NextRelease {
    private static final JsonMapper JSON = new JsonMapper();

    private NextRelease() {}

    /** Adds an unknown field to every object. */
    public static byte[] withUnknownFields(byte[] message) {
        ObjectNode envelope = (ObjectNode) JSON.readTree(message);
        addTo(envelope.get("body"));
        return JSON.writeValueAsBytes(envelope);
    }

    /** Raises the version to one that this release does not know. */
    public static byte[] ofNextVersion(byte[] message) {
        ObjectNode envelope = (ObjectNode) JSON.readTree(message);
        envelope.put("v", Codec.VERSION + 1);
        return JSON.writeValueAsBytes(envelope);
    }

    private static void addTo(JsonNode node) {
        var parts = new ArrayList<JsonNode>();
        node.iterator().forEachRemaining(parts::add);
        parts.forEach(NextRelease::addTo);
        if (node instanceof ObjectNode object) {
            object.putObject("later").put("than", "this");
        }
    }
}
