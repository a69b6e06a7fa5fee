package holt.api.models;

import holt.protocol.Ability;
import holt.protocol.Heartbeat;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import holt.protocol.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The real catalogue for tests. One worker serves three models until a test says otherwise: a chat model {@code m} with all abilities, one
 * without them whose id has a slash, and an image model. The clock stands still, so the worker never dies.
 */
public final class TestCatalog implements ModelCatalog {
    public static final int CONTEXT = 2048;
    private static final int LONGEST_TOKEN = 16;
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    private static final List<KnownModel> MODELS =
            List.of(
                    chat("ORG/NAME"),
                    chat("m").withAbilities(Set.of(Ability.values())),
                    painter("painter"));

    private final WorkerId worker = new WorkerId("w");
    private final LiveWorkers workers = new LiveWorkers(() -> NOW, Duration.ofSeconds(6));
    private final Map<String, ModelName> aliases;
    private volatile KnownModels models;

    public TestCatalog() {
        this(Map.of());
    }

    public TestCatalog(Map<String, ModelName> aliases) {
        this.aliases = aliases;
        this.models = known();
        reset();
    }

    /** The three models, served. */
    public void reset() {
        models = known();
        serveOnly("ORG/NAME", "m", "painter");
        var _ = models.list(); // remembers them
    }

    private KnownModels known() {
        return new KnownModels(workers, () -> NOW, Duration.ofMinutes(5), aliases);
    }

    /** Lists another image model. */
    public void addPainter(String name) {
        add(painter(name));
    }

    /** Lists another model. */
    public void add(KnownModel model) {
        models.written(model, NOW);
    }

    /** Lists an embedding model whose vectors have four numbers, and whose inputs have up to eight tokens. */
    public void addEmbedder(String name) {
        models.written(KnownModel.ofEmbeddings(new ModelName(name), "for tests", NOW, 8, 4), NOW);
    }

    /** From now on the worker serves only these of the three. */
    public void serveOnly(String... names) {
        List<Heartbeat.Serving> serving =
                MODELS.stream()
                        .filter(model -> List.of(names).contains(model.name().value()))
                        .map(model -> new Heartbeat.Serving(model, 1))
                        .toList();
        workers.apply(new Heartbeat.OfWorker(worker, Heartbeat.WorkerState.SERVING, serving), NOW);
    }

    private static KnownModel painter(String name) {
        return KnownModel.ofImages(
                new ModelName(name), "for tests", NOW, new KnownModel.ImageLimits(512, 8, 1 << 20));
    }

    private static KnownModel chat(String name) {
        return new KnownModel(
                new ModelName(name),
                KnownModel.Kind.CHAT,
                "for tests",
                NOW,
                CONTEXT,
                LONGEST_TOKEN);
    }

    @Override
    public List<KnownModel> list() {
        return models.list();
    }

    @Override
    public List<KnownModel> served() {
        return models.served();
    }

    @Override
    public Map<String, KnownModel> aliases() {
        return models.aliases();
    }

    @Override
    public KnownModel find(String name) {
        return models.find(name);
    }
}
