package holt.engine.checkpoint.gguf;

import holt.engine.UnloadableModelException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads the header of a GGUF file from front to back. Refuses anything outside of the file. */
final class GgufCursor {
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path file;
    private final MemorySegment whole;
    private long at;

    GgufCursor(Path file, MemorySegment whole, long at) {
        this.file = file;
        this.whole = whole;
        this.at = at;
    }

    Path file() {
        return file;
    }

    long at() {
        return at;
    }

    byte int8() {
        return whole.get(ValueLayout.JAVA_BYTE, advance(1));
    }

    short int16() {
        return whole.get(SHORT, advance(2));
    }

    int int32() {
        return whole.get(INT, advance(4));
    }

    long int64() {
        return whole.get(LONG, advance(8));
    }

    /** A length or a count of elements, each of at least {@code leastBytes} bytes. */
    long count(long leastBytes) {
        long count = int64();
        if (count < 0 || count > (whole.byteSize() - at) / leastBytes) {
            throw broken("it has no room for " + Long.toUnsignedString(count) + " elements");
        }
        return count;
    }

    String text() {
        long length = count(1);
        long start = advance(length);
        return new String(
                whole.asSlice(start, length).toArray(ValueLayout.JAVA_BYTE),
                StandardCharsets.UTF_8);
    }

    void skipText() {
        advance(count(1));
    }

    /** Skips bytes. Returns the position before. */
    long advance(long bytes) {
        long start = at;
        if (bytes < 0 || bytes > whole.byteSize() - start) {
            throw broken("it ends early");
        }
        at = start + bytes;
        return start;
    }

    GgufCursor from(long start) {
        return new GgufCursor(file, whole, start);
    }

    UnloadableModelException broken(String why) {
        return new UnloadableModelException(file + " is not a valid GGUF file: " + why);
    }
}
