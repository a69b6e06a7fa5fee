package holt.api.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reconciles one node's entries with the wanted ones. One thread makes all calls, one after the other, since the node does not guard its
 * writes. It compares the wanted entries twice a second without a call. It asks the node when they have changed, and when the
 * {@link BackOff} says so.
 */
final class ReconcileNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReconcileNode.class);
    private static final int COMPARE_MILLIS = 500;
    private static final Duration LEAVE_WITHIN = Duration.ofSeconds(5);

    private final NodeClient node;
    private final WantedEntries wantedEntries;
    private final BackOff backOff;
    private final NodeEntries entries;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("node-registration").factory());

    private List<Entry> lastWanted = List.of();
    private long due = System.nanoTime();
    private @Nullable String lastProblem;
    private volatile boolean leaving;
    private volatile NodeStatus status = NodeStatus.STARTING;

    ReconcileNode(NodeClient node, WantedEntries wantedEntries, BackOff backOff) {
        this.node = node;
        this.wantedEntries = wantedEntries;
        this.backOff = backOff;
        entries = new NodeEntries(node, wantedEntries);
    }

    String nodeUrl() {
        return node.url();
    }

    NodeStatus status() {
        return status;
    }

    /** Returns at once. The node need not be there. */
    void start() {
        var _ =
                thread.scheduleWithFixedDelay(
                        this::compare, 0, COMPARE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Stops to register, and begins to remove our entries. Returns at once. */
    void leave() {
        leaving = true;
        thread.execute(this::removeAll);
        thread.shutdown();
    }

    /** Leaves, unless that has begun, and waits a few seconds until it is done. */
    @Override
    public void close() {
        if (!leaving) {
            leave();
        }
        try {
            if (!thread.awaitTermination(LEAVE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.atWarn()
                        .addKeyValue("node", node.url())
                        .log(
                                "node does not answer while this instance stops; it may go on sending requests here");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.shutdownNow();
        node.close();
    }

    private void compare() {
        try {
            List<Entry> wanted = wantedEntries.list();
            if (!leaving && (!wanted.equals(lastWanted) || System.nanoTime() - due >= 0)) {
                lastWanted = wanted;
                reconcile(wanted);
            }
        } catch (RuntimeException e) {
            due = System.nanoTime() + backOff.next(false).toNanos();
            LOG.atError()
                    .addKeyValue("node", node.url())
                    .setCause(e)
                    .log("registration failed unexpectedly; it is retried");
        }
    }

    private void reconcile(List<Entry> wanted) {
        var problems = new ArrayList<String>();
        boolean changed = entries.reconcile(wanted, () -> leaving, problems);
        report(problems.isEmpty() ? null : problems.getFirst());
        // After a change, an early look shows whether another writer has undone it.
        due = System.nanoTime() + backOff.next(problems.isEmpty() && !changed).toNanos();
    }

    private void removeAll() {
        var problems = new ArrayList<String>();
        entries.removeAll(problems);
        @Nullable String problem = problems.isEmpty() ? null : problems.getFirst();
        if (problem != null) {
            LOG.atWarn()
                    .addKeyValue("node", node.url())
                    .addKeyValue("reason", problem)
                    .log(
                            "node cannot be told that this instance stops; it may go on sending requests here");
        }
        status = new NodeStatus(NodeStatus.State.LEFT, entries.labels(), Map.of(), problem);
    }

    private void report(@Nullable String problem) {
        Map<String, String> refused = entries.refused();
        NodeStatus.State state =
                problem != null
                        ? NodeStatus.State.RETRYING
                        : refused.isEmpty()
                                ? NodeStatus.State.REGISTERED
                                : NodeStatus.State.REFUSED;
        status = new NodeStatus(state, entries.labels(), refused, problem);
        if (problem != null && !problem.equals(lastProblem)) {
            LOG.atWarn()
                    .addKeyValue("node", node.url())
                    .addKeyValue("reason", problem)
                    .log("node cannot be told what is served here; it is retried with back-off");
        }
        lastProblem = problem;
    }
}
