package holt.worker.models;

import holt.protocol.Failure;
import holt.protocol.Outcome;

/** Maps the failures that no request causes to results. The client gets one sentence, the trace keeps the engine's detail. */
final class EngineFailures {
    private final Runnable onBrokenDevice;

    EngineFailures(Runnable onBrokenDevice) {
        this.onBrokenDevice = onBrokenDevice;
    }

    RunResult outOfMemory(String detail) {
        return failed(Failure.INSUFFICIENT_MEMORY, "the device ran out of memory", detail);
    }

    RunResult deviceBroken(String detail) {
        onBrokenDevice.run();
        return failed(Failure.WORKER_FAILED, "the device failed", detail);
    }

    RunResult internal(String detail) {
        return failed(Failure.WORKER_FAILED, "the engine failed", detail);
    }

    private static RunResult failed(Failure reason, String message, String trace) {
        return RunResult.failed(new Outcome.Failed(reason, message), trace);
    }
}
