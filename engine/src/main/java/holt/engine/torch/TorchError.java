package holt.engine.torch;

/** What libtorch's words mean: it has no error codes. */
public enum TorchError {
    /** The device had no memory left. */
    OUT_OF_MEMORY,
    /** The device does not work any more. */
    DEVICE_BROKEN,
    /** Anything else. */
    OTHER;

    /** What kind of error an exception is. */
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
