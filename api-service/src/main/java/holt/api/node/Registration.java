package holt.api.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.context.SmartLifecycle;

/**
 * Registers with the nodes as the last step of the start, and leaves them as the first step of the stop. A node then sends its clients
 * elsewhere, while this service still answers.
 */
final class Registration implements SmartLifecycle, AutoCloseable {
    private final Supplier<List<ReconcileNode>> toStart;
    private volatile List<ReconcileNode> nodes = List.of();
    private volatile boolean running;

    /** @param toStart called once, when this service's port is known */
    Registration(Supplier<List<ReconcileNode>> toStart) {
        this.toStart = toStart;
    }

    /** The state of each node, by its URL. */
    Map<String, NodeStatus> status() {
        var status = new LinkedHashMap<String, NodeStatus>();
        nodes.forEach(node -> status.put(node.nodeUrl(), node.status()));
        return status;
    }

    @Override
    public void start() {
        nodes = toStart.get();
        nodes.forEach(ReconcileNode::start);
        running = true;
    }

    @Override
    public void stop() {
        nodes.forEach(ReconcileNode::leave);
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Spring starts the highest phase last and stops it first. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void close() {
        nodes.parallelStream().forEach(ReconcileNode::close);
    }
}
