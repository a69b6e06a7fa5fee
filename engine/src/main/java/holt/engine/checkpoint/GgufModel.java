package holt.engine.checkpoint;

import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.gguf.GgufFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A GGUF file instead of a Hugging Face folder: the file itself, or a folder that has one and no config.json. A model in several files goes by
 * its first one.
 */
final class GgufModel {
    static final String ENDING = ".gguf";

    private GgufModel() {}

    /** The GGUF files of a path; none if it is a Hugging Face folder or does not exist. */
    static List<Path> files(Path model) {
        if (Files.isRegularFile(model)) {
            return isFirst(model) ? List.of(model) : List.of();
        }
        if (!Files.isDirectory(model) || Files.exists(model.resolve("config.json"))) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(model)) {
            return entries.filter(entry -> isFirst(entry) && Files.isRegularFile(entry))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a file ends in .gguf, in small or capital letters. */
    static boolean isGguf(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(ENDING);
    }

    private static boolean isFirst(Path file) {
        return isGguf(file) && GgufParts.isFirst(file);
    }

    /**
     * The one GGUF file of a path.
     *
     * @throws UnloadableModelException if there are several
     */
    static Optional<Path> in(Path model) {
        List<Path> files = files(model);
        if (files.size() > 1) {
            throw new UnloadableModelException(
                    "%s has several GGUF files: put each into its own folder, or name one"
                            .formatted(model));
        }
        return files.stream().findFirst();
    }

    /** The JSON file of this name that a Hugging Face folder of the model would have. */
    static Optional<JsonNode> json(Path file, String name) {
        return switch (name) {
            case "config.json" -> Optional.of(read(file, GgufConfig::of));
            case "tokenizer.json" -> Optional.of(read(file, GgufTokenizer::tokenizer));
            case "tokenizer_config.json" -> Optional.of(read(file, GgufTokenizer::config));
            case "generation_config.json" -> Optional.of(read(file, GgufSampling::of));
            default -> Optional.empty();
        };
    }

    private static <T> T read(Path file, Function<GgufFile, T> as) {
        try (Arena arena = Arena.ofConfined()) {
            return as.apply(map(file, arena));
        }
    }

    /**
     * Maps the file, and the further files of the same model, into the arena.
     *
     * @throws UnloadableModelException if the file cannot be served
     */
    static GgufFile map(Path file, Arena arena) {
        LfsPointer.refuse(file);
        GgufFile model = GgufFile.map(file, arena, GgufConfig::checkArchitecture);
        for (Path part : GgufParts.others(file, model)) {
            LfsPointer.refuse(part);
            model = model.with(GgufFile.map(part, arena));
        }
        return model;
    }
}
