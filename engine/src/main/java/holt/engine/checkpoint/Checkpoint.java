package holt.engine.checkpoint;

import holt.engine.UnloadableModelException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** All weights of a folder, in one file or in shards. Close it when the tensors have been copied. */
public final class Checkpoint implements AutoCloseable {
    private static final String SINGLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";

    private final Path folder;
    private final Arena arena;
    private final Map<String, StoredTensor> tensors;

    private Checkpoint(Path folder, Arena arena, Map<String, StoredTensor> tensors) {
        this.folder = folder;
        this.arena = arena;
        this.tensors = tensors;
    }

    /**
     * Maps {@code model.safetensors}, or the shards that {@code model.safetensors.index.json} names.
     *
     * @throws UnloadableModelException if a file is missing or broken
     */
    @SuppressWarnings("MustBeClosedChecker") // close() closes it
    public static Checkpoint open(Path folder) {
        Arena arena = Arena.ofShared();
        try {
            return new Checkpoint(folder, arena, map(folder, arena));
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private static Map<String, StoredTensor> map(Path folder, Arena arena) {
        if (Files.isRegularFile(folder.resolve(SINGLE))) {
            return SafetensorsFile.map(folder.resolve(SINGLE), arena);
        }
        if (!Files.isRegularFile(folder.resolve(INDEX))) {
            throw new UnloadableModelException(
                    "%s holds neither %s nor %s; weights are read from safetensors files only"
                            .formatted(folder, SINGLE, INDEX));
        }
        JsonNode weightMap = ModelFiles.json(folder, INDEX).path("weight_map");
        Map<String, StoredTensor> all = new LinkedHashMap<>();
        Set<String> shards = new TreeSet<>();
        weightMap.forEachEntry((_, shard) -> shards.add(shard.asString()));
        for (String shard : shards) {
            if (shard.contains("/")
                    || shard.contains("\\")
                    || !Files.isRegularFile(folder.resolve(shard))) {
                throw new UnloadableModelException(
                        "%s names the shard %s, which is not in the folder"
                                .formatted(folder.resolve(INDEX), shard));
            }
            all.putAll(SafetensorsFile.map(folder.resolve(shard), arena));
        }
        return all;
    }

    /** The names of all tensors. */
    public Set<String> names() {
        return tensors.keySet();
    }

    /**
     * The tensor of this name.
     *
     * @throws UnloadableModelException if there is none
     */
    public StoredTensor tensor(String name) {
        @Nullable StoredTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new UnloadableModelException(
                    "The safetensors files in " + folder + " have no tensor " + name);
        }
        return tensor;
    }

    /** Unmaps the files; every {@link StoredTensor} becomes unusable. */
    @Override
    public void close() {
        arena.close();
    }
}
