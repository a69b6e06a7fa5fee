package holt.api.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.context.SmartLifecycle;

/**
 * Begins when this service takes requests, and ends first of all when it is told to stop: a node then sends clients elsewhere, and those
 * that come meanwhile are still answered.
 */
final class Registration implements SmartLifecycle, AutoCloseable {
    private final Supplier<List<KeepRegistered>> toKeep;
    private volatile List<KeepRegistered> nodes = List.of();
    private volatile boolean running;

    /** @param toKeep asked once, when this service's port is known */
    Registration(Supplier<List<KeepRegistered>> toKeep) {
        this.toKeep = toKeep;
    }

    /** By the node's URL. */
    Map<String, NodeStatus> status() {
        var status = new LinkedHashMap<String, NodeStatus>();
        nodes.forEach(node -> status.put(node.nodeUrl(), node.status()));
        return status;
    }

    @Override
    public void start() {
        nodes = toKeep.get();
        nodes.forEach(KeepRegistered::start);
        running = true;
    }

    @Override
    public void stop() {
        nodes.forEach(KeepRegistered::leave);
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Started last, and stopped before all else. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void close() {
        nodes.parallelStream().forEach(KeepRegistered::close);
    }
}
