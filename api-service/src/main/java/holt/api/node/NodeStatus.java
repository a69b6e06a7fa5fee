package holt.api.node;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of the registration with one node. Holds no secret.
 *
 * @param entries our entries at the node, as far as we know them
 * @param refused the reason for each entry that the node refuses
 * @param problem why some entry is not as wanted
 */
record NodeStatus(
        State state, List<String> entries, Map<String, String> refused, @Nullable String problem) {
    static final NodeStatus STARTING = new NodeStatus(State.STARTING, List.of(), Map.of(), null);

    enum State {
        STARTING,
        REGISTERED,
        REFUSED,
        RETRYING,
        LEFT
    }
}
