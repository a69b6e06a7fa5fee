package holt.engine.checkpoint;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A tensor as it lies in a file, or as it is computed from one: row-major, little-endian.
 *
 * @param bytes gives its bytes
 */
public record StoredTensor(String name, StoredType type, List<Long> shape, Bytes bytes) {
    /** Where a tensor's bytes come from. */
    @FunctionalInterface
    public interface Bytes {
        /** Those of the file itself, or, where they have to be computed, some that live as long as the scope. */
        MemorySegment in(Arena scope);
    }

    /** The number of elements. */
    public long elements() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** Its bytes, valid until the {@link Checkpoint} or the scope is closed. */
    public MemorySegment data(Arena scope) {
        return bytes.in(scope);
    }
}
