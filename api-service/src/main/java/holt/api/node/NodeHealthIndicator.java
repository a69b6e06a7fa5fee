package holt.api.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Shows the state of the nodes in health. It never makes this service unhealthy, which answers with or without a node. */
final class NodeHealthIndicator implements HealthIndicator {
    private final Registration registration;

    NodeHealthIndicator(Registration registration) {
        this.registration = registration;
    }

    @Override
    public Health health() {
        Map<String, NodeStatus> nodes = registration.status();
        boolean all =
                nodes.values().stream()
                        .allMatch(node -> node.state() == NodeStatus.State.REGISTERED);
        Health.Builder health = all ? Health.up() : Health.unknown();
        nodes.forEach((url, node) -> health.withDetail(url, details(node)));
        return health.build();
    }

    private static Map<String, Object> details(NodeStatus node) {
        var details = new LinkedHashMap<String, Object>();
        details.put("state", word(node.state()));
        details.put("entries", new ArrayList<>(node.entries()));
        if (!node.refused().isEmpty()) {
            details.put("refused", node.refused());
        }
        if (node.problem() != null) {
            details.put("problem", node.problem());
        }
        return details;
    }

    private static String word(NodeStatus.State state) {
        return switch (state) {
            case STARTING -> "starting";
            case REGISTERED -> "registered";
            case REFUSED -> "refused";
            case RETRYING -> "retrying";
            case LEFT -> "left";
        };
    }
}
