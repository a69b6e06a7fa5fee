package holt.engine.checkpoint;

import holt.engine.UnloadableModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The JSON files of a model folder. */
public final class ModelFiles {
    /** Python writes infinite numbers as such. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

    private ModelFiles() {}

    /**
     * Reads a file that must be there.
     *
     * @throws UnloadableModelException if it is missing, unreadable or not a JSON object
     */
    public static JsonNode json(Path folder, String name) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new UnloadableModelException(folder + " has no " + name);
        }
        try {
            JsonNode node = JSON.readTree(Files.readAllBytes(file));
            if (!node.isObject()) {
                throw new UnloadableModelException(file + " is not a JSON object");
            }
            return node;
        } catch (IOException | JacksonException e) {
            throw new UnloadableModelException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Reads a file that may be missing; then an empty object. */
    public static JsonNode jsonIfPresent(Path folder, String name) {
        return Files.isRegularFile(folder.resolve(name))
                ? json(folder, name)
                : JsonNodeFactory.instance.objectNode();
    }
}
