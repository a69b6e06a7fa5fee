package holt.engine.text;

import holt.engine.torch.TorchError;

/** What an exception means to a request. */
final class Failures {
    private Failures() {}

    static EngineFailure of(RuntimeException exception) {
        String detail = TorchError.detail(exception);
        return switch (TorchError.of(exception)) {
            case OUT_OF_MEMORY -> new EngineFailure.OutOfMemory(detail);
            case DEVICE_BROKEN -> new EngineFailure.DeviceBroken(detail);
            case OTHER ->
                    new EngineFailure.Internal(
                            exception.getClass().getSimpleName() + ": " + detail);
        };
    }
}
