package holt.api.node;

import holt.api.node.NodeFailureException.Kind;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Our entries at one node, as far as we know them, and the calls that change them. Not thread-safe. */
final class NodeEntries {
    private static final Logger LOG = LoggerFactory.getLogger(NodeEntries.class);

    private final NodeClient node;
    private final WantedEntries wantedEntries;
    private final Map<Entry, String> refused = new LinkedHashMap<>();

    /** Our entries that are at the node, or may be. */
    private final Set<Entry> atNode = new LinkedHashSet<>();

    NodeEntries(NodeClient node, WantedEntries wantedEntries) {
        this.node = node;
        this.wantedEntries = wantedEntries;
    }

    /**
     * Asks the node for its entries, removes ours that are not wanted, and registers the missing ones. Returns whether it called for a
     * change.
     *
     * @param leaving stops the registration
     * @param problems gets the reason of each failure but a refusal
     */
    boolean reconcile(List<Entry> wanted, BooleanSupplier leaving, List<String> problems) {
        refused.keySet().retainAll(wanted);
        boolean changed = false;
        try {
            Set<Entry> there = list(problems);
            for (Entry entry : List.copyOf(atNode)) {
                if (wanted.stream().noneMatch(other -> other.replaces(entry))) {
                    unregister(entry, problems);
                    changed = true;
                }
            }
            for (Entry entry : wanted) {
                if (!leaving.getAsBoolean()
                        && !there.contains(entry)
                        && !refused.containsKey(entry)) {
                    register(entry, problems);
                    changed = true;
                }
            }
        } catch (NodeFailureException away) {
            problems.add(away.reason());
        }
        return changed;
    }

    /** @param problems gets the reason of each failure */
    void removeAll(List<String> problems) {
        try {
            List.copyOf(atNode).forEach(entry -> unregister(entry, problems));
        } catch (NodeFailureException away) {
            problems.add(away.reason());
        }
    }

    List<String> labels() {
        return atNode.stream().map(Entry::label).toList();
    }

    /** The reasons of the node's refusals, by entry label. */
    Map<String, String> refused() {
        return refused.entrySet().stream()
                .collect(
                        Collectors.toUnmodifiableMap(
                                refusal -> refusal.getKey().label(), Map.Entry::getValue));
    }

    /** Returns no entries if the node cannot list them. To register again does no harm. */
    private Set<Entry> list(List<String> problems) {
        try {
            var there = new LinkedHashSet<>(node.entries(wantedEntries.project()));
            there.removeIf(entry -> !wantedEntries.isOurs(entry));
            atNode.clear();
            atNode.addAll(there);
            return there;
        } catch (NodeFailureException e) {
            problems.add(reasonUnlessAway(e));
            return Set.of();
        }
    }

    private void register(Entry entry, List<String> problems) {
        // Remember the entry before the call. Its answer may be lost though the node has the entry.
        atNode.removeIf(other -> entry.replaces(other) && !entry.equals(other));
        boolean isNew = atNode.add(entry);
        try {
            node.register(entry);
            if (isNew) {
                log("model registered", entry);
            }
        } catch (NodeFailureException e) {
            String reason = withoutUrl(reasonUnlessAway(e), entry);
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
                        "node refuses the model; the next try is when the model comes back, or after a restart");
    }

    private void unregister(Entry entry, List<String> problems) {
        try {
            node.unregister(entry);
            atNode.remove(entry);
            log("model unregistered", entry);
        } catch (NodeFailureException e) {
            problems.add(reasonUnlessAway(e));
        }
    }

    private void log(String event, Entry entry) {
        LOG.atInfo()
                .addKeyValue("node", node.url())
                .addKeyValue("model", entry.model())
                .addKeyValue("cid", entry.cid())
                .log(event);
    }

    /** A node that gives no answer gets no further call in this round. */
    private static String reasonUnlessAway(NodeFailureException failure) {
        if (failure.kind() == Kind.AWAY) {
            throw failure;
        }
        return failure.reason();
    }

    /** A node may repeat what it was told, and the URL's path can be a secret. */
    private static String withoutUrl(String reason, Entry entry) {
        return reason.replace(entry.api(), "the advertised URL");
    }
}
