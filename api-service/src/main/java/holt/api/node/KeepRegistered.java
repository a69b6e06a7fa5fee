package holt.api.node;

import holt.api.node.NodeFailureException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what one node knows of this instance as it should be. One thread does it, so that the node gets one request after the other: it
 * does not guard its writes. What is wanted is compared twice a second, without a call; the node is asked when that has changed, and in the
 * {@link Pace}.
 */
final class KeepRegistered implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeepRegistered.class);
    private static final int COMPARE_MILLIS = 500;
    private static final Duration LEAVE_WITHIN = Duration.ofSeconds(5);

    private final NodeClient node;
    private final OurEntries ours;
    private final Pace pace;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("node-registration").factory());

    private final Map<Entry, String> refused = new LinkedHashMap<>();

    /** Ours, there or perhaps there. */
    private final Set<Entry> atNode = new LinkedHashSet<>();

    private List<Entry> lastWanted = List.of();
    private long due = System.nanoTime();
    private @Nullable String lastProblem;
    private volatile boolean leaving;
    private volatile NodeStatus status = NodeStatus.STARTING;

    KeepRegistered(NodeClient node, OurEntries ours, Pace pace) {
        this.node = node;
        this.ours = ours;
        this.pace = pace;
    }

    String nodeUrl() {
        return node.url();
    }

    NodeStatus status() {
        return status;
    }

    /** Returns at once; the node need not be there. */
    void start() {
        var _ =
                thread.scheduleWithFixedDelay(
                        this::compare, 0, COMPARE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Begins to take our entries back, and registers nothing any more. Returns at once. */
    void leave() {
        leaving = true;
        thread.execute(this::takeBack);
        thread.shutdown();
    }

    /** Leaves, if that has not begun, and waits a few seconds for it to be done. */
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
                                "node is too slow to be told that this instance leaves; it may go on sending requests here");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.shutdownNow();
        node.close();
    }

    private void compare() {
        try {
            List<Entry> wanted = ours.wanted();
            if (!leaving && (!wanted.equals(lastWanted) || System.nanoTime() - due >= 0)) {
                lastWanted = wanted;
                look(wanted);
            }
        } catch (RuntimeException e) {
            due = System.nanoTime() + pace.next(false).toNanos();
            LOG.atError()
                    .addKeyValue("node", node.url())
                    .setCause(e)
                    .log("registration failed unexpectedly; it is tried again");
        }
    }

    private void look(List<Entry> wanted) {
        refused.keySet().retainAll(wanted);
        var problems = new ArrayList<String>();
        boolean changed = false;
        try {
            Set<Entry> there = askWhatIsThere(problems);
            for (Entry entry : List.copyOf(atNode)) {
                if (wanted.stream().noneMatch(other -> other.replaces(entry))) {
                    unregister(entry, problems);
                    changed = true;
                }
            }
            for (Entry entry : wanted) {
                if (!leaving && !there.contains(entry) && !refused.containsKey(entry)) {
                    register(entry, problems);
                    changed = true;
                }
            }
        } catch (NodeFailureException away) {
            problems.add(away.reason());
        }
        report(problems.isEmpty() ? null : problems.getFirst());
        // Another look soon shows whether somebody else's write has undone ours.
        due = System.nanoTime() + pace.next(problems.isEmpty() && !changed).toNanos();
    }

    /** If the node is there and does not say it, nothing counts as there: to register again does no harm. */
    private Set<Entry> askWhatIsThere(List<String> problems) {
        try {
            var there = new LinkedHashSet<>(node.entries(ours.project()));
            there.removeIf(entry -> !ours.isOurs(entry));
            atNode.clear();
            atNode.addAll(there);
            return there;
        } catch (NodeFailureException e) {
            problems.add(unlessAway(e));
            return Set.of();
        }
    }

    private void register(Entry entry, List<String> problems) {
        // Before the answer, which may be lost though the node has heard.
        atNode.removeIf(other -> entry.replaces(other) && !entry.equals(other));
        boolean news = atNode.add(entry);
        try {
            node.register(entry);
            if (news) {
                LOG.atInfo()
                        .addKeyValue("node", node.url())
                        .addKeyValue("model", entry.model())
                        .addKeyValue("cid", entry.cid())
                        .log("model registered");
            }
        } catch (NodeFailureException e) {
            String reason = withoutApi(unlessAway(e), entry);
            if (e.kind() == Kind.REFUSED) {
                atNode.remove(entry);
                refuse(entry, reason);
            } else {
                problems.add(reason);
            }
        }
    }

    private void refuse(Entry entry, String reason) {
        refused.put(entry, reason);
        LOG.atError()
                .addKeyValue("node", node.url())
                .addKeyValue("model", entry.model())
                .addKeyValue("reason", reason)
                .log(
                        "node refuses the model; it is asked again when the model comes anew, or after a restart");
    }

    private void unregister(Entry entry, List<String> problems) {
        try {
            node.unregister(entry);
            atNode.remove(entry);
            LOG.atInfo()
                    .addKeyValue("node", node.url())
                    .addKeyValue("model", entry.model())
                    .addKeyValue("cid", entry.cid())
                    .log("model unregistered");
        } catch (NodeFailureException e) {
            problems.add(unlessAway(e));
        }
    }

    private void takeBack() {
        var problems = new ArrayList<String>();
        try {
            List.copyOf(atNode).forEach(entry -> unregister(entry, problems));
        } catch (NodeFailureException away) {
            problems.add(away.reason());
        }
        @Nullable String problem = problems.isEmpty() ? null : problems.getFirst();
        if (problem != null) {
            LOG.atWarn()
                    .addKeyValue("node", node.url())
                    .addKeyValue("reason", problem)
                    .log(
                            "node cannot be told that this instance leaves; it may go on sending requests here");
        }
        status = new NodeStatus(NodeStatus.State.LEFT, labels(), Map.of(), problem);
    }

    private void report(@Nullable String problem) {
        NodeStatus.State state =
                problem != null
                        ? NodeStatus.State.RETRYING
                        : refused.isEmpty()
                                ? NodeStatus.State.REGISTERED
                                : NodeStatus.State.REFUSED;
        Map<String, String> reasons =
                refused.entrySet().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        refusal -> refusal.getKey().label(), Map.Entry::getValue));
        status = new NodeStatus(state, labels(), reasons, problem);
        if (problem != null && !problem.equals(lastProblem)) {
            LOG.atWarn()
                    .addKeyValue("node", node.url())
                    .addKeyValue("reason", problem)
                    .log("node cannot be told what is served here; it is tried again and again");
        }
        lastProblem = problem;
    }

    private List<String> labels() {
        return atNode.stream().map(Entry::label).toList();
    }

    /** Who gives no answer is asked nothing else now. */
    private static String unlessAway(NodeFailureException failure) {
        if (failure.kind() == Kind.AWAY) {
            throw failure;
        }
        return failure.reason();
    }

    /** A node may repeat what it was told, and the URL's path can be a secret. */
    private static String withoutApi(String reason, Entry entry) {
        return reason.replace(entry.api(), "the advertised URL");
    }
}
