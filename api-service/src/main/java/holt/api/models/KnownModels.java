package holt.api.models;

import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models that workers announce, in heartbeats and on {@code holt.settings}. A model is listed while a worker serves it and for a grace
 * time after, while its jobs wait for a worker. Its name stays known for a day, so that its clients get 503 instead of 404.
 */
final class KnownModels implements ModelCatalog {
    private static final Logger LOG = LoggerFactory.getLogger(KnownModels.class);
    private static final Duration REMEMBERED = Duration.ofHours(24);
    private static final Comparator<KnownModel> BY_NAME =
            Comparator.comparing(model -> model.name().value());

    private final LiveWorkers workers;
    private final InstantSource clock;
    private final Duration grace;
    private final Map<String, ModelName> aliases;
    private final Set<String> hidden =
            ConcurrentHashMap.newKeySet(); // aliases that are models, too
    private final ConcurrentHashMap<String, Seen> models = new ConcurrentHashMap<>();

    private record Seen(KnownModel model, Instant last) {}

    /**
     * @param clock the broker's
     * @param grace how long a model without a worker is still listed
     * @param aliases other names of models
     */
    KnownModels(
            LiveWorkers workers,
            InstantSource clock,
            Duration grace,
            Map<String, ModelName> aliases) {
        this.workers = workers;
        this.clock = clock;
        this.grace = grace;
        this.aliases = Map.copyOf(aliases);
    }

    /**
     * Takes a record of {@code holt.settings}. A worker writes a model each hour only. So the model counts as served for an hour after the
     * record, but not beyond now.
     *
     * @param at the broker's time of the record
     */
    void written(KnownModel model, Instant at) {
        Instant lastServed = at.plus(KnownModel.WRITTEN_EVERY);
        Instant now = clock.instant();
        served(model, lastServed.isBefore(now) ? lastServed : now);
    }

    private void served(KnownModel model, Instant at) {
        String name = model.name().value();
        models.merge(
                name,
                new Seen(model, at),
                (before, now) -> before.last.isAfter(now.last) ? before : now);
        if (aliases.containsKey(name) && hidden.add(name)) {
            LOG.atWarn()
                    .addKeyValue("alias", name)
                    .log("a model has the name of an alias; requests for it get the model");
        }
    }

    /** An operator has removed the model. */
    void forget(ModelName model) {
        models.remove(model.value());
    }

    @Override
    public List<KnownModel> list() {
        noteServed();
        Instant unlisted = clock.instant().minus(grace);
        return models.values().stream()
                .filter(seen -> seen.last.isAfter(unlisted))
                .map(Seen::model)
                .sorted(BY_NAME)
                .toList();
    }

    /** If two workers announce one name differently, one of them counts. The model can do what both can. */
    @Override
    public List<KnownModel> served() {
        var byName = new TreeMap<String, KnownModel>();
        workers.served()
                .forEach(
                        model -> byName.merge(model.name().value(), model, KnownModel::sharedWith));
        return List.copyOf(byName.values());
    }

    @Override
    public KnownModel find(String name) {
        noteServed();
        Instant now = clock.instant();
        @Nullable Seen seen = remembered(name, now);
        ModelName meant = aliases.get(name);
        if (seen == null && meant != null) {
            seen = remembered(meant.value(), now);
        }
        if (seen == null) {
            throw FindModel.unknown();
        }
        if (seen.last.isBefore(now.minus(grace))) {
            throw new RequestRejectedException(
                    Failure.OVERLOADED,
                    "model: has had no worker for " + grace.toMinutes() + " minutes",
                    "model",
                    Duration.ofSeconds(30));
        }
        return seen.model;
    }

    @Override
    public Map<String, KnownModel> aliases() {
        Map<String, KnownModel> listed =
                list().stream()
                        .collect(Collectors.toMap(model -> model.name().value(), model -> model));
        var byAlias = new TreeMap<String, KnownModel>();
        aliases.forEach((alias, meant) -> {
            KnownModel model = listed.get(meant.value());
            if (model != null && remembered(alias, clock.instant()) == null) {
                byAlias.put(alias, model);
            }
        });
        return byAlias;
    }

    private @Nullable Seen remembered(String name, Instant now) {
        Seen seen = models.get(name);
        return seen == null || seen.last.isBefore(now.minus(REMEMBERED)) ? null : seen;
    }

    private void noteServed() {
        Instant now = clock.instant();
        served().forEach(model -> served(model, now));
    }
}
