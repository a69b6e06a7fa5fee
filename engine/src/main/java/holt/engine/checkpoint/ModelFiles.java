package holt.engine.checkpoint;

import holt.engine.UnloadableModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The JSON files of a model folder or of a GGUF file. */
public final class ModelFiles {
    /** Allows infinite numbers, which Python writes. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

    private ModelFiles() {}

    /**
     * The file that identifies a text model: a config.json or a GGUF file. Of several GGUF files, the first. Empty if the path is
     * no text model.
     */
    public static Optional<Path> head(Path model) {
        Path config = model.resolve("config.json");
        return Files.isRegularFile(config)
                ? Optional.of(config)
                : GgufModel.files(model).stream().findFirst();
    }

    /** The name of a model: that of its folder, or of its GGUF file without the suffix and the number of its part. */
    public static String nameOf(Path model) {
        String name = model.toAbsolutePath().normalize().getFileName().toString();
        return Files.isRegularFile(model) && GgufModel.isGguf(model) ? GgufParts.model(name) : name;
    }

    /**
     * Reads a required file.
     *
     * @throws UnloadableModelException if it is missing, unreadable or not a JSON object
     */
    public static JsonNode json(Path folder, String name) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            return fromGguf(folder, name)
                    .orElseThrow(() -> new UnloadableModelException(folder + " has no " + name));
        }
        JsonNode node = read(file);
        if (!node.isObject()) {
            throw new UnloadableModelException(file + " is not a JSON object");
        }
        return node;
    }

    /**
     * Reads a required file that holds an array.
     *
     * @throws UnloadableModelException if it is missing, unreadable or not a JSON array
     */
    public static JsonNode jsonArray(Path folder, String name) {
        JsonNode node = read(folder.resolve(name));
        if (!node.isArray()) {
            throw new UnloadableModelException(folder.resolve(name) + " is not a JSON array");
        }
        return node;
    }

    private static JsonNode read(Path file) {
        LfsPointer.refuse(file);
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException | JacksonException e) {
            throw new UnloadableModelException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Reads an optional file. Returns an empty object if it is missing. */
    public static JsonNode jsonIfPresent(Path folder, String name) {
        return Files.isRegularFile(folder.resolve(name))
                ? json(folder, name)
                : fromGguf(folder, name).orElseGet(JsonNodeFactory.instance::objectNode);
    }

    private static Optional<JsonNode> fromGguf(Path model, String name) {
        return GgufModel.in(model).flatMap(file -> GgufModel.json(file, name));
    }
}
