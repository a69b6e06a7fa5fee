package holt.engine.loop;

import holt.engine.EngineFailure;
import holt.engine.torch.TorchError;

/** Classifies exceptions. */
public final class EngineFailures {
    private EngineFailures() {}

    /** What an exception means to the request that caused it. */
    public static EngineFailure of(RuntimeException exception) {
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
