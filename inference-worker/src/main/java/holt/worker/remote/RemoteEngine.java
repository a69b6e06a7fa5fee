package holt.worker.remote;

import holt.protocol.EngineHealth;
import holt.protocol.ModelName;
import holt.worker.models.ModelRunner;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** One remote engine and its models. It asks the engine every two seconds what it serves. */
public final class RemoteEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteEngine.class);
    private static final int ASK_EVERY_MS = 2000;
    private static final int LONGEST_REASON = 200;

    private final EngineSettings settings;
    private final EngineApi api;
    private final Consumer<ModelRunner> found;
    private final Map<String, RemoteRunner> runners = new LinkedHashMap<>();
    private final Set<String> refused = new HashSet<>();
    private final ScheduledExecutorService questions =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("ask-engine").factory());
    private boolean down;
    private volatile EngineHealth health;

    /** The last question was not answered in time. A busy engine may be late once. */
    private boolean late;

    /**
     * @param api that the engine speaks; closed with it
     * @param found takes each model when the engine first lists it. If it throws, it gets the model again
     */
    public RemoteEngine(EngineSettings settings, EngineApi api, Consumer<ModelRunner> found) {
        this.settings = settings;
        this.api = api;
        this.found = found;
        this.health = health("not asked yet", List.of());
    }

    /** As the last question found it. */
    public EngineHealth health() {
        return health;
    }

    /** Asks at once, and then every two seconds. */
    public void start() {
        check();
        var _ =
                questions.scheduleWithFixedDelay(
                        this::check, ASK_EVERY_MS, ASK_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    /** Asks once. */
    public void check() {
        try {
            Map<String, JsonNode> listed = api.models();
            late = false;
            if (down) {
                down = false;
                log("an engine is back; its models are served again");
            }
            list(listed.keySet());
            for (Map.Entry<String, JsonNode> model : listed.entrySet()) {
                if (settings.serves(model.getKey()) && !runners.containsKey(model.getKey())) {
                    tryToAdd(model.getKey(), model.getValue());
                }
            }
            resize(api.slots());
            health = health(null, runners.values().stream().filter(RemoteRunner::served).toList());
        } catch (IOException | RuntimeException e) {
            if (e.getCause() instanceof TimeoutException && !late) {
                late = true;
                return;
            }
            list(Set.of());
            health = health(brief(e), List.of());
            if (!down) {
                down = true;
                LOG.atWarn()
                        .addKeyValue("engine", settings.address())
                        .addKeyValue("reason", e.getMessage())
                        .log("an engine is not ready; its models are not served until it is");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks no more. Running tasks go on. */
    public void drain() {
        questions.shutdownNow();
    }

    @Override
    public void close() {
        questions.shutdownNow();
        api.close();
    }

    private EngineHealth health(@Nullable String trouble, List<RemoteRunner> served) {
        return new EngineHealth(
                settings.kind().name().toLowerCase(Locale.ROOT),
                settings.address(),
                trouble,
                served.stream().map(runner -> runner.model().name()).toList(),
                served.stream().mapToInt(RemoteRunner::slots).max().orElse(0));
    }

    private static String brief(Exception e) {
        String why = String.valueOf(e.getMessage());
        return why.length() <= LONGEST_REASON ? why : why.substring(0, LONGEST_REASON);
    }

    private void list(Set<String> listed) {
        runners.forEach((own, runner) -> runner.list(listed.contains(own)));
    }

    /** @param counted what the engine says; 0: nothing */
    private void resize(int counted) {
        if (counted > 0) {
            runners.values().forEach(runner -> runner.resize(settings.slots(counted)));
        }
    }

    /** One model that cannot be served leaves the others alone. */
    private void tryToAdd(String own, JsonNode listed) throws IOException, InterruptedException {
        try {
            add(own, listed);
            refused.remove(own);
        } catch (RuntimeException e) {
            if (refused.add(own)) {
                LOG.atWarn()
                        .addKeyValue("model", own)
                        .addKeyValue("engine", settings.address())
                        .addKeyValue("reason", e.getMessage())
                        .log("a model of an engine cannot be served; the next try follows");
            }
        }
    }

    private void add(String own, JsonNode listed) throws IOException, InterruptedException {
        EngineApi.Model model = api.model(new ModelName(settings.name(own)), own, listed);
        var runner = new RemoteRunner(model, settings.slots(model.slots()), api);
        found.accept(runner);
        runners.put(own, runner);
        LOG.atInfo()
                .addKeyValue("model", runner.model().name().value())
                .addKeyValue("engine", settings.address())
                .addKeyValue("slots", runner.slots())
                .log("a model of an engine is served");
    }

    private void log(String what) {
        LOG.atInfo().addKeyValue("engine", settings.address()).log(what);
    }
}
