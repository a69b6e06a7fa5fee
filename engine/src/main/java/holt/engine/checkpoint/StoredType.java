package holt.engine.checkpoint;

/** The supported element types of weights, under their safetensors names. */
public enum StoredType {
    F32(4),
    F16(2),
    BF16(2);

    private final int bytes;

    StoredType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }
}
