package holt.engine.torch;

/** The kinds of libtorch errors. libtorch has no error codes, so the messages tell them apart. */
public enum TorchError {
    /** The device had no memory left. */
    OUT_OF_MEMORY,
    /** The device has stopped working. */
    DEVICE_BROKEN,
    /** Any other error. */
    OTHER;

    /** The kind of an exception. */
    public static TorchError of(RuntimeException exception) {
        String message = String.valueOf(exception.getMessage());
        if (message.contains("out of memory") || message.contains("not enough memory")) {
            return OUT_OF_MEMORY;
        }
        if (message.contains("CUDA error")
                || message.contains("CUBLAS_STATUS")
                || message.contains("cuDNN error")) {
            return DEVICE_BROKEN;
        }
        return OTHER;
    }

    /** The first line of an exception's message. */
    public static String detail(RuntimeException exception) {
        return String.valueOf(exception.getMessage()).lines().findFirst().orElse("");
    }
}
