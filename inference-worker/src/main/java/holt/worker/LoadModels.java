package holt.worker;

import holt.engine.UnloadableModelException;
import holt.engine.text.TextEngine;
import holt.engine.text.TextModelInfo;
import holt.engine.text.TextModelOptions;
import holt.engine.text.TextModels;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the models that the settings name, or every one that lies where models lie. */
final class LoadModels {
    private static final Logger LOG = LoggerFactory.getLogger(LoadModels.class);

    private final WorkerSettings settings;
    private final ModelFolders folders;

    LoadModels(WorkerSettings settings, ModelFolders folders) {
        this.settings = settings;
        this.folders = folders;
    }

    /**
     * A model that is named in the settings must load. One that was merely found is left out, with a word in the log, if it cannot.
     *
     * @throws UnloadableModelException if a named model cannot be loaded, or there is none to serve
     */
    List<ModelRunner> load() {
        var runners = new ArrayList<ModelRunner>();
        if (settings.models().isEmpty()) {
            for (Path folder : found()) {
                try {
                    runners.add(load(new WorkerSettings.Model(null, folder, null, null, null)));
                } catch (UnloadableModelException e) {
                    LOG.atError()
                            .addKeyValue("folder", folder)
                            .addKeyValue("reason", e.getMessage())
                            .log("a model cannot be served and is left out");
                }
            }
        } else {
            settings.models().forEach(model -> runners.add(load(model)));
        }
        if (runners.isEmpty()) {
            throw new UnloadableModelException(
                    "there is no model to serve: put a Hugging Face folder or a GGUF file into the models directory, or name one in holt.worker.models");
        }
        return runners;
    }

    private ModelRunner load(WorkerSettings.Model model) {
        long begun = System.nanoTime();
        String device = model.device() == null ? settings.device() : model.device();
        int slots = model.slots() == null ? settings.slots() : model.slots();
        TextEngine engine =
                TextModels.load(
                        model.path(),
                        TextModelOptions.of(device, model.dtype())
                                .withMaxBatch(slots)
                                .withThreads(settings.threads()));
        TextModelInfo info = engine.info();
        String name = model.name() == null ? info.name() : model.name();
        LOG.atInfo()
                .addKeyValue("model", name)
                .addKeyValue("device", info.device())
                .addKeyValue("dtype", info.dtype())
                .addKeyValue("slots", info.maxBatch())
                .addKeyValue("loadMs", (System.nanoTime() - begun) / 1_000_000)
                .log("model loaded");
        return new ChatRunner(known(name, model.path(), info), engine, settings.maxTokens());
    }

    private static KnownModel known(String name, Path model, TextModelInfo info) {
        String description =
                String.format(
                        Locale.ROOT,
                        "%s, %.1f M parameters, %s on %s",
                        info.architecture(),
                        info.parameters() / 1e6,
                        info.dtype(),
                        info.device());
        return new KnownModel(
                new ModelName(name),
                KnownModel.Kind.CHAT,
                description,
                modified(TextModels.head(model)),
                info.contextLength(),
                info.longestTokenBytes());
    }

    private List<Path> found() {
        var found = new ArrayList<Path>(modelsIn(folders.builtIn()));
        found.addAll(modelsIn(folders.directory()));
        return found;
    }

    private static List<Path> modelsIn(@Nullable Path directory) {
        if (directory == null || !Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(TextModels::isModel).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the models directory " + directory + " could not be read", e);
        }
    }

    private static Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be read", e);
        }
    }
}
