package holt.api.node;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How things stand with one node; holds no secret.
 *
 * @param entries at the node, as far as it is known
 * @param refused entries that the node does not take, and why
 * @param problem why not all is as it should be
 */
record NodeStatus(
        State state, List<String> entries, Map<String, String> refused, @Nullable String problem) {
    static final NodeStatus STARTING = new NodeStatus(State.STARTING, List.of(), Map.of(), null);

    /** In words for health. */
    enum State {
        STARTING,
        REGISTERED,
        REFUSED,
        RETRYING,
        LEFT
    }
}
