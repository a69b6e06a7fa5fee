package holt.worker;

import holt.engine.UnloadableModelException;
import holt.engine.directory.FoundModels;
import holt.engine.embedding.EmbeddingEngine;
import holt.engine.embedding.EmbeddingModelInfo;
import holt.engine.embedding.EmbeddingModelOptions;
import holt.engine.embedding.EmbeddingModels;
import holt.engine.image.ImageEngine;
import holt.engine.image.ImageModelInfo;
import holt.engine.image.ImageModelOptions;
import holt.engine.image.ImageModels;
import holt.engine.text.TextEngine;
import holt.engine.text.TextModelInfo;
import holt.engine.text.TextModelOptions;
import holt.engine.text.TextModels;
import holt.engine.text.sampling.SamplingDefaults;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import holt.store.ClaimCheck;
import holt.store.PictureKeys;
import holt.worker.models.ChatRunner;
import holt.worker.models.EmbeddingRunner;
import holt.worker.models.ImageRunner;
import holt.worker.models.ImageSettings;
import holt.worker.models.ModelRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the models that the settings name, or else every model in the model folders. A worker of engines that run elsewhere needs none. */
final class LoadModels {
    private static final Logger LOG = LoggerFactory.getLogger(LoadModels.class);

    private final WorkerSettings settings;
    private final RemoteSettings remote;
    private final ImageSettings images;
    private final ModelFolders folders;
    private final ClaimCheck claims;
    private final PictureKeys keys;

    LoadModels(
            WorkerSettings settings,
            RemoteSettings remote,
            ImageSettings images,
            ModelFolders folders,
            ClaimCheck claims,
            PictureKeys keys) {
        this.settings = settings;
        this.remote = remote;
        this.images = images;
        this.folders = folders;
        this.claims = claims;
        this.keys = keys;
    }

    /**
     * A model that the settings name must load. A found model that does not load is logged and left out.
     *
     * @throws UnloadableModelException if a named model does not load, or there is neither a model nor an engine
     */
    List<ModelRunner> load() {
        var runners = new ArrayList<ModelRunner>();
        if (settings.models().isEmpty()) {
            for (Path folder : remote.loadsFolders() ? found() : List.<Path>of()) {
                try {
                    runners.add(
                            load(new WorkerSettings.Model(null, folder, null, null, null, null)));
                } catch (UnloadableModelException e) {
                    LOG.atError()
                            .addKeyValue("folder", folder)
                            .addKeyValue("reason", e.getMessage())
                            .log("a model cannot be loaded; the worker serves the others");
                }
            }
        } else {
            settings.models().forEach(model -> runners.add(load(model)));
        }
        if (runners.isEmpty() && remote.engines().isEmpty()) {
            throw new UnloadableModelException(
                    "no model to serve: put a Hugging Face or diffusers folder or a GGUF file into the models directory, name a model in holt.worker.models, or an engine in holt.worker.engines");
        }
        return runners;
    }

    /** Whether {@link #load} may need the native libraries. */
    boolean loadsAny() {
        return !settings.models().isEmpty() || remote.loadsFolders();
    }

    private ModelRunner load(WorkerSettings.Model model) {
        long begun = System.nanoTime();
        ModelRunner runner = runner(model);
        LOG.atInfo()
                .addKeyValue("model", runner.model().name().value())
                .addKeyValue("kind", runner.model().kind())
                .addKeyValue("description", runner.model().description())
                .addKeyValue("slots", runner.slots())
                .addKeyValue("loadMs", (System.nanoTime() - begun) / 1_000_000)
                .log("model loaded");
        return runner;
    }

    private ModelRunner runner(WorkerSettings.Model model) {
        if (ImageModels.isModel(model.path())) {
            return images(model);
        }
        return EmbeddingModels.isModel(model.path()) ? embeddings(model) : chat(model);
    }

    private ModelRunner embeddings(WorkerSettings.Model model) {
        EmbeddingEngine engine =
                EmbeddingModels.load(
                        model.path(),
                        new EmbeddingModelOptions(
                                device(model), model.dtype(), settings.threads()));
        EmbeddingModelInfo info = engine.info();
        var known =
                KnownModel.ofEmbeddings(
                        name(model, info.name()),
                        describe(
                                info.architecture(),
                                info.parameters(),
                                info.dtype(),
                                info.device()),
                        modified(EmbeddingModels.head(model.path())),
                        info.maxTokens(),
                        info.width());
        int slots = model.slots() == null ? settings.slots() : model.slots();
        return new EmbeddingRunner(known, engine, slots);
    }

    private ModelRunner chat(WorkerSettings.Model model) {
        KnownModel.SamplingDefaults sampling = sampling(model.path());
        int slots = model.slots() == null ? settings.slots() : model.slots();
        TextEngine engine =
                TextModels.load(
                        model.path(),
                        TextModelOptions.of(device(model), model.dtype())
                                .withMaxBatch(slots)
                                .withKeptPrompts(settings.keptPrompts())
                                .withCacheBytes(settings.cacheBytes())
                                .withThreads(settings.threads())
                                .withCalls(model.calls()));
        TextModelInfo info = engine.info();
        var known =
                new KnownModel(
                        name(model, info.name()),
                        KnownModel.Kind.CHAT,
                        describe(
                                info.architecture(),
                                info.parameters(),
                                info.dtype(),
                                info.device()),
                        modified(TextModels.head(model.path())),
                        info.contextLength(),
                        info.longestTokenBytes());
        return new ChatRunner(
                known.withAbilities(ChatRunner.ABILITIES).withSampling(sampling),
                engine,
                settings.maxTokens());
    }

    /** Null if the model says nothing, or the settings ignore what it says. */
    private KnownModel.@Nullable SamplingDefaults sampling(Path model) {
        if (!settings.modelSampling()) {
            return null;
        }
        SamplingDefaults own = SamplingDefaults.read(model);
        var known =
                new KnownModel.SamplingDefaults(
                        own.temperature(), own.topP(), own.topK(), own.minP(), own.repetition());
        return known.equals(KnownModel.SamplingDefaults.NONE) ? null : known;
    }

    private ModelRunner images(WorkerSettings.Model model) {
        ImageEngine engine =
                ImageModels.load(
                        model.path(),
                        ImageModelOptions.of(device(model), model.dtype())
                                .withMaxPixels(images.maxPixels())
                                .withScheduler(images.scheduler())
                                .withThreads(settings.threads()));
        ImageModelInfo info = engine.info();
        var known =
                KnownModel.ofImages(
                        name(model, info.name()),
                        describe(info.pipeline(), info.parameters(), info.dtype(), info.device()),
                        modified(ImageModels.head(model.path())),
                        new KnownModel.ImageLimits(
                                info.side(), info.sizeStep(), info.usefulPixels()));
        int slots = model.slots() == null ? images.slots() : model.slots();
        return new ImageRunner(known, engine, images, slots, claims, keys);
    }

    private String device(WorkerSettings.Model model) {
        return model.device() == null ? settings.device() : model.device();
    }

    private static ModelName name(WorkerSettings.Model model, String folder) {
        return new ModelName(model.name() == null ? folder : model.name());
    }

    private static String describe(
            String architecture, long parameters, String dtype, String device) {
        return String.format(
                Locale.ROOT,
                "%s, %.1f M parameters, %s on %s",
                architecture,
                parameters / 1e6,
                dtype,
                device);
    }

    private List<Path> found() {
        var found = new ArrayList<Path>(modelsIn(folders.builtIn()));
        found.addAll(modelsIn(folders.directory()));
        return found;
    }

    private static List<Path> modelsIn(@Nullable Path directory) {
        if (directory == null) {
            return List.of();
        }
        try {
            FoundModels found = FoundModels.in(directory);
            found.unusable()
                    .forEach((path, reason) ->
                            LOG.atWarn()
                                    .addKeyValue("path", path)
                                    .addKeyValue("reason", reason)
                                    .log("this looks like a model, but cannot be served"));
            return found.models();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the models directory " + directory, e);
        }
    }

    private static Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
