package holt.api.node;

import holt.api.models.Endpoint;
import holt.api.models.ModelCatalog;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The entries that a node should have for this instance: one for each endpoint of each model with a live worker. */
final class WantedEntries {
    private final ModelCatalog catalog;
    private final String project;
    private final String base;
    private final String cid;
    private final Set<String> cids;
    private final Set<String> apis;

    /**
     * @param base the advertised URL without a slash at its end
     * @param cid of this instance; each endpoint adds a suffix
     */
    WantedEntries(ModelCatalog catalog, String project, String base, String cid) {
        this.catalog = catalog;
        this.project = project;
        this.base = base;
        this.cid = cid;
        cids = Arrays.stream(Endpoint.values()).map(this::cid).collect(Collectors.toSet());
        apis = Arrays.stream(Endpoint.values()).map(this::api).collect(Collectors.toSet());
    }

    String project() {
        return project;
    }

    /** In a fixed order. */
    List<Entry> list() {
        return catalog.served().stream()
                .flatMap(model ->
                        Endpoint.of(model.kind()).stream()
                                .flatMap(endpoint -> entry(model.name().value(), endpoint)))
                .toList();
    }

    /** Whether this instance registered the entry, in this run or an earlier one: the entry has our cid or our URL. */
    boolean isOurs(Entry entry) {
        return cids.contains(entry.cid()) || apis.contains(entry.api());
    }

    /** None for a route that nodes do not know. */
    private Stream<Entry> entry(String model, Endpoint endpoint) {
        return type(endpoint).stream()
                .mapToObj(type -> new Entry(project, model, api(endpoint), type, cid(endpoint)));
    }

    private static OptionalInt type(Endpoint endpoint) {
        return switch (endpoint) {
            case CHAT -> OptionalInt.of(0);
            case GENERATIONS -> OptionalInt.of(1);
            case EDITS -> OptionalInt.of(2);
            case EMBEDDINGS -> OptionalInt.empty();
        };
    }

    private String api(Endpoint endpoint) {
        return base + endpoint.path();
    }

    /** A node has one entry for a model and a cid, so each endpoint needs its own cid. */
    private String cid(Endpoint endpoint) {
        return cid
                + switch (endpoint) {
                    case CHAT -> "-chat";
                    case GENERATIONS -> "-generations";
                    case EDITS -> "-edits";
                    case EMBEDDINGS -> "-embeddings";
                };
    }
}
