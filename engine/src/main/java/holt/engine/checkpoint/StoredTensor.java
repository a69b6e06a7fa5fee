package holt.engine.checkpoint;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A tensor as it lies in a file, row-major, little-endian.
 *
 * @param data its bytes, valid until the {@link Checkpoint} is closed
 */
public record StoredTensor(String name, StoredType type, List<Long> shape, MemorySegment data) {
    /** The number of elements. */
    public long elements() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
