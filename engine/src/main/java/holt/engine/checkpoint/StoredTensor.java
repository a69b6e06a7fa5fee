package holt.engine.checkpoint;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A tensor of a file, row-major and little-endian.
 *
 * @param bytes gives its bytes
 */
public record StoredTensor(String name, StoredType type, List<Long> shape, Bytes bytes) {
    /** Where a tensor's bytes come from. */
    @FunctionalInterface
    public interface Bytes {
        /** The bytes of the file, or computed ones that live as long as the scope. */
        MemorySegment in(Arena scope);
    }

    /** The number of elements. */
    public long elements() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** Its bytes, valid until the checkpoint or the scope is closed. */
    public MemorySegment data(Arena scope) {
        return bytes.in(scope);
    }
}
