package holt.engine.text;

/** Reads from libtorch's words what went wrong: it has no error codes. */
final class Failures {
    private Failures() {}

    static EngineFailure of(RuntimeException exception) {
        String message = String.valueOf(exception.getMessage());
        String detail = message.lines().findFirst().orElse("");
        if (message.contains("out of memory") || message.contains("not enough memory")) {
            return new EngineFailure.OutOfMemory(detail);
        }
        if (message.contains("CUDA error")
                || message.contains("CUBLAS_STATUS")
                || message.contains("cuDNN error")) {
            return new EngineFailure.DeviceBroken(detail);
        }
        return new EngineFailure.Internal(exception.getClass().getSimpleName() + ": " + detail);
    }
}
