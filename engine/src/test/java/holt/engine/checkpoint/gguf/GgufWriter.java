package holt.engine.checkpoint.gguf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes GGUF files of version 3. */
public final class GgufWriter {
    private static final int ALIGNMENT = 32;

    private final Bytes values = new Bytes();
    private final Bytes places = new Bytes();
    private final Bytes data = new Bytes();
    private int valueCount;
    private int tensorCount;

    /** Little-endian. */
    private static final class Bytes {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Bytes int8(int value) {
            out.write(value);
            return this;
        }

        Bytes int32(int value) {
            return raw(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
        }

        Bytes int64(long value) {
            return raw(
                    ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
        }

        Bytes text(String value) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            return int64(bytes.length).raw(bytes);
        }

        Bytes raw(byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }

        Bytes align() {
            while (out.size() % ALIGNMENT != 0) {
                out.write(0);
            }
            return this;
        }

        long size() {
            return out.size();
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }

    private Bytes value(String key, int type) {
        valueCount++;
        return values.text(key).int32(type);
    }

    public GgufWriter text(String key, String value) {
        value(key, 8).text(value);
        return this;
    }

    public GgufWriter whole(String key, int value) {
        value(key, 4).int32(value);
        return this;
    }

    public GgufWriter real(String key, double value) {
        value(key, 6).int32(Float.floatToIntBits((float) value));
        return this;
    }

    public GgufWriter truth(String key, boolean value) {
        value(key, 7).int8(value ? 1 : 0);
        return this;
    }

    public GgufWriter texts(String key, List<String> all) {
        Bytes list = value(key, 9).int32(8).int64(all.size());
        all.forEach(list::text);
        return this;
    }

    public GgufWriter wholes(String key, List<Integer> all) {
        Bytes list = value(key, 9).int32(5).int64(all.size());
        all.forEach(list::int32);
        return this;
    }

    public GgufWriter reals(String key, List<Double> all) {
        Bytes list = value(key, 9).int32(6).int64(all.size());
        all.forEach(each -> list.int32(Float.floatToIntBits(each.floatValue())));
        return this;
    }

    /**
     * @param type its number in the format
     * @param shape row-major
     */
    public GgufWriter tensor(String name, int type, List<Long> shape, byte[] content) {
        tensorCount++;
        places.text(name).int32(shape.size());
        List<Long> innermostFirst = new ArrayList<>(shape).reversed();
        innermostFirst.forEach(places::int64);
        places.int32(type).int64(data.size());
        data.raw(content).align();
        return this;
    }

    public byte[] bytes() {
        return new Bytes()
                .raw("GGUF".getBytes(StandardCharsets.US_ASCII))
                .int32(3)
                .int64(tensorCount)
                .int64(valueCount)
                .raw(values.bytes())
                .raw(places.bytes())
                .align()
                .raw(data.bytes())
                .bytes();
    }

    public Path write(Path file) {
        try {
            return Files.write(file, bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
