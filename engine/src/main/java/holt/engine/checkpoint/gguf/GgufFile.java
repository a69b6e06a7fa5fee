package holt.engine.checkpoint.gguf;

import holt.engine.UnloadableModelException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One GGUF file: its metadata and its tensors. Versions 2 and 3, little-endian. ggml's docs/gguf.md describes the format.
 *
 * <p>Usable until the arena is closed.
 */
public final class GgufFile {
    private static final int MAGIC = 0x46554747; // "GGUF"
    private static final long ALIGNMENT = 32;
    private static final long LEAST_VALUE = 13; // bytes of a key's length, a type, a value
    private static final long LEAST_TENSOR = 24;

    private final Path file;
    private final Map<String, GgufValue> metadata;
    private final Map<String, Tensor> tensors;

    private GgufFile(Path file, Map<String, GgufValue> metadata, Map<String, Tensor> tensors) {
        this.file = file;
        this.metadata = metadata;
        this.tensors = tensors;
    }

    /**
     * A tensor of the file.
     *
     * @param shape row-major; the file has the innermost size first
     */
    public record Tensor(GgufType type, List<Long> shape, MemorySegment data) {}

    private record Place(String name, int type, List<Long> shape, long offset) {}

    /**
     * Maps the file into the arena.
     *
     * @throws UnloadableModelException if the file is not a valid GGUF file, or has a tensor of an unsupported type
     */
    public static GgufFile map(Path file, Arena arena) {
        return map(file, arena, _ -> {});
    }

    /**
     * Maps the file into the arena.
     *
     * @param check sees the metadata before the tensors are read, and may refuse the file
     * @throws UnloadableModelException as above
     */
    public static GgufFile map(Path file, Arena arena, Consumer<GgufFile> check) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(
                    file,
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena),
                    check);
        } catch (IOException e) {
            throw new UnloadableModelException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static GgufFile read(Path file, MemorySegment whole, Consumer<GgufFile> check) {
        GgufCursor cursor = new GgufCursor(file, whole, 0);
        if (cursor.int32() != MAGIC) {
            throw cursor.broken("it does not begin with GGUF");
        }
        int version = cursor.int32();
        if ((version & 0xFFFF) == 0) { // the bytes of a small number in the other order
            throw new UnloadableModelException(
                    file + " is a big-endian GGUF file; only little-endian ones are supported");
        }
        if (version != 2 && version != 3) {
            throw new UnloadableModelException(
                    "%s is a GGUF file of version %d; 2 and 3 are supported"
                            .formatted(file, version));
        }
        long tensorCount = cursor.count(LEAST_TENSOR);
        long valueCount = cursor.count(LEAST_VALUE);
        Map<String, GgufValue> metadata = new LinkedHashMap<>();
        for (long i = 0; i < valueCount; i++) {
            String key = cursor.text();
            metadata.put(key, GgufValue.read(cursor, cursor.int32()));
        }
        check.accept(new GgufFile(file, metadata, Map.of()));
        List<Place> places = new ArrayList<>();
        for (long i = 0; i < tensorCount; i++) {
            places.add(place(cursor));
        }
        long alignment =
                metadata.get("general.alignment") instanceof GgufValue.Whole(long set)
                        ? set
                        : ALIGNMENT;
        if (alignment < 1 || alignment > 1 << 20) {
            throw cursor.broken("general.alignment cannot be " + alignment);
        }
        long start = (cursor.at() + alignment - 1) / alignment * alignment;
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Place place : places) {
            tensors.put(place.name, tensor(cursor, whole, start, place));
        }
        return new GgufFile(file, metadata, tensors);
    }

    private static Place place(GgufCursor cursor) {
        String name = cursor.text();
        int dimensions = cursor.int32();
        if (dimensions < 1 || dimensions > 4) {
            throw cursor.broken("tensor " + name + " has " + dimensions + " dimensions");
        }
        List<Long> shape = new ArrayList<>();
        for (int i = 0; i < dimensions; i++) {
            shape.add(cursor.int64());
        }
        Collections.reverse(shape);
        return new Place(name, cursor.int32(), List.copyOf(shape), cursor.int64());
    }

    private static Tensor tensor(GgufCursor cursor, MemorySegment whole, long start, Place place) {
        GgufType type =
                GgufType.of(place.type)
                        .orElseThrow(() ->
                                new UnloadableModelException(
                                        "%s: tensor %s has the type %s; supported are %s"
                                                .formatted(
                                                        cursor.file(),
                                                        place.name,
                                                        GgufType.nameOf(place.type),
                                                        List.of(GgufType.values()))));
        if (place.shape.stream().anyMatch(size -> size < 1)
                || place.shape.getLast() % type.block() != 0) {
            throw cursor.broken("tensor " + place.name + " cannot have the shape " + place.shape);
        }
        long bytes;
        try {
            bytes = type.bytes(place.shape.stream().reduce(1L, Math::multiplyExact));
        } catch (ArithmeticException e) {
            throw cursor.broken("the shape of tensor " + place.name + " is too large");
        }
        long room = whole.byteSize() - start;
        if (place.offset < 0 || place.offset > room || bytes > room - place.offset) {
            throw cursor.broken("tensor " + place.name + " lies outside of the file");
        }
        return new Tensor(type, place.shape, whole.asSlice(start + place.offset, bytes));
    }

    public Path file() {
        return file;
    }

    /**
     * This file with the tensors of another part of the same model.
     *
     * @throws UnloadableModelException if both have a tensor
     */
    public GgufFile with(GgufFile part) {
        Map<String, Tensor> all = new LinkedHashMap<>(tensors);
        part.tensors.forEach((name, tensor) -> {
            if (all.putIfAbsent(name, tensor) != null) {
                throw new UnloadableModelException(
                        "%s has the tensor %s of an earlier part".formatted(part.file, name));
            }
        });
        return new GgufFile(file, metadata, all);
    }

    /** The tensors by their names in the file. */
    public Map<String, Tensor> tensors() {
        return tensors;
    }

    public Optional<String> text(String key) {
        return as(
                key, "a text", value -> value instanceof GgufValue.Text(String text) ? text : null);
    }

    public OptionalLong whole(String key) {
        Optional<Long> value =
                as(
                        key,
                        "an integer",
                        each -> each instanceof GgufValue.Whole(long whole) ? whole : null);
        return value.map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    public Optional<Double> real(String key) {
        return as(
                key,
                "a number",
                value -> value instanceof GgufValue.Real(double real) ? real : null);
    }

    public Optional<Boolean> truth(String key) {
        return as(
                key,
                "true or false",
                value -> value instanceof GgufValue.Truth(boolean truth) ? truth : null);
    }

    public Optional<GgufValue.Sequence> sequence(String key) {
        return as(key, "a list", value -> value instanceof GgufValue.Sequence list ? list : null);
    }

    private <T> Optional<T> as(String key, String expected, Function<GgufValue, @Nullable T> kind) {
        GgufValue value = metadata.get(key);
        if (value == null) {
            return Optional.empty();
        }
        T found = kind.apply(value);
        if (found == null) {
            throw new UnloadableModelException("%s: %s must be %s".formatted(file, key, expected));
        }
        return Optional.of(found);
    }

    public UnloadableModelException unsupported(String key, Object value) {
        return new UnloadableModelException(
                "%s: %s %s is not supported".formatted(file, key, value));
    }

    public UnloadableModelException missing(String key) {
        return new UnloadableModelException("%s has no %s".formatted(file, key));
    }
}
