package holt.worker.models;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** Writes vectors as outcomes carry them. */
public final class EncodeVector {
    private EncodeVector() {}

    /** The numbers as little-endian float32, in base64. */
    public static String base64(float[] vector) {
        ByteBuffer bytes =
                ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
