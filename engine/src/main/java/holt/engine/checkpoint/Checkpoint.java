package holt.engine.checkpoint;

import holt.engine.UnloadableModelException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** All weights of a model, in one file or in shards. Close it once the tensors are copied. */
public final class Checkpoint implements AutoCloseable {
    /** The suffixes of a weights file and of an index. Half precision is used only if there is nothing else. */
    private static final String[][] ENDINGS = {
        {".safetensors", ".safetensors.index.json"},
        {".fp16.safetensors", ".safetensors.index.fp16.json"}
    };

    private final Path folder;
    private final Arena arena;
    private final Map<String, StoredTensor> tensors;

    private Checkpoint(Path folder, Arena arena, Map<String, StoredTensor> tensors) {
        this.folder = folder;
        this.arena = arena;
        this.tensors = tensors;
    }

    /**
     * Maps {@code model.safetensors}, the shards that {@code model.safetensors.index.json} names, or a GGUF file.
     *
     * @throws UnloadableModelException if a file is missing or broken
     */
    public static Checkpoint open(Path folder) {
        return open(folder, "model", _ -> true);
    }

    /**
     * Maps files with another name.
     *
     * @param stem replaces {@code model} in the file names
     * @param wanted the names of the tensors to list; the type of others does not matter
     * @throws UnloadableModelException if a file is missing or broken
     */
    @SuppressWarnings("MustBeClosedChecker") // close() closes it
    public static Checkpoint open(Path folder, String stem, Predicate<String> wanted) {
        Arena arena = Arena.ofShared();
        try {
            return new Checkpoint(folder, arena, map(folder, stem, wanted, arena));
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private static Map<String, StoredTensor> map(
            Path folder, String stem, Predicate<String> wanted, Arena arena) {
        Optional<Path> gguf = GgufModel.in(folder);
        if (gguf.isPresent()) {
            Map<String, StoredTensor> tensors = GgufTensors.of(GgufModel.map(gguf.get(), arena));
            tensors.keySet().removeIf(wanted.negate());
            return tensors;
        }
        for (String[] ending : ENDINGS) {
            if (Files.isRegularFile(folder.resolve(stem + ending[0]))) {
                return SafetensorsFile.map(folder.resolve(stem + ending[0]), wanted, arena);
            }
            if (Files.isRegularFile(folder.resolve(stem + ending[1]))) {
                return mapShards(folder, stem + ending[1], wanted, arena);
            }
        }
        throw new UnloadableModelException(
                "%s holds neither %s nor %s; weights are read from safetensors files only"
                        .formatted(folder, stem + ENDINGS[0][0], stem + ENDINGS[0][1]));
    }

    private static Map<String, StoredTensor> mapShards(
            Path folder, String index, Predicate<String> wanted, Arena arena) {
        JsonNode weightMap = ModelFiles.json(folder, index).path("weight_map");
        Map<String, StoredTensor> all = new LinkedHashMap<>();
        Set<String> shards = new TreeSet<>();
        weightMap.forEachEntry((_, shard) -> shards.add(shard.asString()));
        for (String shard : shards) {
            if (shard.contains("/")
                    || shard.contains("\\")
                    || !Files.isRegularFile(folder.resolve(shard))) {
                throw new UnloadableModelException(
                        "%s names the shard %s, which is not in the folder"
                                .formatted(folder.resolve(index), shard));
            }
            all.putAll(SafetensorsFile.map(folder.resolve(shard), wanted, arena));
        }
        return all;
    }

    /** All tensors by their names. */
    public Map<String, StoredTensor> tensors() {
        return Collections.unmodifiableMap(tensors);
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
                    "The weights in " + folder + " have no tensor " + name);
        }
        return tensor;
    }

    /** Unmaps the files, which makes every {@link StoredTensor} unusable. */
    @Override
    public void close() {
        arena.close();
    }
}
