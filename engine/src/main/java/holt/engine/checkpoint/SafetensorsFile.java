package holt.engine.checkpoint;

import holt.engine.UnloadableModelException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One safetensors file: 8 bytes with the header's length, a JSON header, then the tensors' bytes. */
final class SafetensorsFile {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long LONGEST_HEADER = 100_000_000; // the reference implementation's limit
    private static final ValueLayout.OfLong LITTLE_ENDIAN_LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private SafetensorsFile() {}

    /**
     * Maps the file into the arena and lists its tensors.
     *
     * @param wanted the names of the tensors to list
     * @throws UnloadableModelException if the file is not a valid safetensors file
     */
    static Map<String, StoredTensor> map(Path file, Predicate<String> wanted, Arena arena) {
        LfsPointer.refuse(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MemorySegment whole =
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return read(file, wanted, whole);
        } catch (IOException e) {
            throw new UnloadableModelException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, StoredTensor> read(
            Path file, Predicate<String> wanted, MemorySegment whole) {
        if (whole.byteSize() < 8) {
            throw broken(file, "it is shorter than 8 bytes");
        }
        long length = whole.get(LITTLE_ENDIAN_LONG, 0);
        if (length < 2 || length > LONGEST_HEADER || length > whole.byteSize() - 8) {
            throw broken(file, "its header cannot be " + length + " bytes long");
        }
        JsonNode header;
        try {
            header = JSON.readTree(whole.asSlice(8, length).toArray(ValueLayout.JAVA_BYTE));
        } catch (JacksonException e) {
            throw broken(file, "its header is not JSON");
        }
        MemorySegment data = whole.asSlice(8 + length);
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        header.forEachEntry((name, entry) -> {
            if (!name.equals("__metadata__") && wanted.test(name)) {
                tensors.put(name, tensor(file, name, entry, data));
            }
        });
        return tensors;
    }

    private static StoredTensor tensor(Path file, String name, JsonNode entry, MemorySegment data) {
        StoredType type;
        try {
            type = StoredType.valueOf(entry.path("dtype").asString());
        } catch (IllegalArgumentException e) {
            throw new UnloadableModelException(
                    "%s: tensor %s has the type %s; F32, F16 and BF16 are supported"
                            .formatted(file, name, entry.path("dtype").asString()));
        }
        List<Long> shape = new ArrayList<>();
        entry.path("shape").forEach(size -> shape.add(size.asLong(-1)));
        long start = entry.path("data_offsets").path(0).asLong(-1);
        long end = entry.path("data_offsets").path(1).asLong(-1);
        boolean sound =
                start >= 0
                        && start <= end
                        && end <= data.byteSize()
                        && shape.stream().allMatch(size -> size >= 0);
        if (!sound) {
            throw broken(file, "tensor " + name + " lies outside of the file");
        }
        MemorySegment bytes = data.asSlice(start, end - start);
        StoredTensor tensor = new StoredTensor(name, type, List.copyOf(shape), _ -> bytes);
        if (elements(file, tensor) * type.bytes() != end - start) {
            throw broken(file, "the bytes of tensor " + name + " do not fit its shape");
        }
        return tensor;
    }

    private static long elements(Path file, StoredTensor tensor) {
        try {
            return tensor.elements();
        } catch (ArithmeticException e) {
            throw broken(file, "the shape of tensor " + tensor.name() + " is too large");
        }
    }

    private static UnloadableModelException broken(Path file, String why) {
        return new UnloadableModelException(file + " is not a valid safetensors file: " + why);
    }
}
