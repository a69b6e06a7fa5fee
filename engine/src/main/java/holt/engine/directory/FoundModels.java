package holt.engine.directory;

import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.ModelFiles;
import holt.engine.embedding.EmbeddingModels;
import holt.engine.image.ImageModels;
import holt.engine.text.TextModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The entries of a models directory that concern Holt. All other entries are ignored.
 *
 * @param models folders and files that may load
 * @param unusable what looks like a model, with the reason why Holt cannot serve it
 */
public record FoundModels(List<Path> models, SortedMap<Path, String> unusable) {

    /** Empty if there is no such directory. */
    public static FoundModels in(Path directory) throws IOException {
        var models = new ArrayList<Path>();
        var unusable = new TreeMap<Path, String>();
        if (Files.isDirectory(directory)) {
            for (Path entry : entries(directory)) {
                if (!Files.isReadable(entry)) {
                    unusable.put(entry, "it cannot be read");
                } else if (isModel(entry)) {
                    models.add(entry);
                } else {
                    Optional<String> reason =
                            Files.isDirectory(entry) ? folder(entry) : file(entry);
                    reason.ifPresent(said -> unusable.put(entry, said));
                }
            }
        }
        return new FoundModels(List.copyOf(models), unusable);
    }

    private static boolean isModel(Path path) {
        return TextModels.isModel(path)
                || EmbeddingModels.isModel(path)
                || ImageModels.isModel(path);
    }

    private static Optional<String> file(Path file) {
        return file.toString().matches("(?i).*\\.(safetensors|ckpt|pt|pth)")
                ? Optional.of(
                        "it is a file of weights alone: Holt serves folders of Hugging Face and GGUF files")
                : Optional.empty();
    }

    private static Optional<String> folder(Path folder) throws IOException {
        if (isCache(folder)) {
            return Optional.of(cache(folder));
        }
        if (Files.isRegularFile(folder.resolve("adapter_config.json"))) {
            return Optional.of(adapter(folder));
        }
        if (Files.isDirectory(folder.resolve("unet"))) {
            return Optional.of("it has no model_index.json");
        }
        List<Path> inside = entries(folder);
        if (inside.stream().anyMatch(file -> file(file).isPresent())) {
            return Optional.of("it has weights but no config.json");
        }
        return inside.stream()
                .filter(entry -> isModel(entry) || isCache(entry))
                .findFirst()
                .map(model ->
                        "Holt does not look for models below it, such as %s: move them up, or name %s as the models directory"
                                .formatted(folder.relativize(model), folder));
    }

    /** Whether a folder is what the Hugging Face libraries keep of a model. */
    private static boolean isCache(Path folder) {
        return folder.getFileName().toString().startsWith("models--")
                && Files.isDirectory(folder.resolve("snapshots"));
    }

    private static String cache(Path folder) throws IOException {
        String name = folder.getFileName().toString().substring("models--".length());
        for (Path snapshot : entries(folder.resolve("snapshots"))) {
            if (isModel(snapshot)) {
                return "it is a cache of the hub. Link the model in it: ln -s %s %s"
                        .formatted(
                                snapshot.toAbsolutePath().normalize(),
                                folder.toAbsolutePath().normalize().resolveSibling(name));
            }
        }
        return "it is a cache of the hub without a whole model: run ./holt pull "
                + name.replaceFirst("--", "/");
    }

    private static String adapter(Path folder) {
        String base = "";
        try {
            base =
                    ModelFiles.json(folder, "adapter_config.json")
                            .path("base_model_name_or_path")
                            .asString("");
        } catch (UnloadableModelException e) {
            // The file only names the base model.
        }
        return "it is an adapter (LoRA) without its model: merge it into %s first"
                .formatted(base.isEmpty() ? "its base model" : base);
    }

    private static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
