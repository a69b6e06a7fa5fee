package holt.worker.run;

import holt.protocol.Failure;
import holt.protocol.Outcome;

/** Failures of an engine that no request is to blame for, as outcomes. What the engine itself says of them is for people. */
final class EngineTrouble {
    private final Runnable onBrokenDevice;
    private volatile String trace = "";

    /** @param onBrokenDevice told when the device has failed for good */
    EngineTrouble(Runnable onBrokenDevice) {
        this.onBrokenDevice = onBrokenDevice;
    }

    /** What the engine said; empty if nothing failed. May be read by any thread. */
    String trace() {
        return trace;
    }

    Outcome.Failed outOfMemory(String detail) {
        trace = detail;
        return new Outcome.Failed(Failure.INSUFFICIENT_MEMORY, "the device ran out of memory");
    }

    Outcome.Failed deviceBroken(String detail) {
        trace = detail;
        onBrokenDevice.run();
        return new Outcome.Failed(Failure.WORKER_FAILED, "the device failed");
    }

    Outcome.Failed internal(String detail) {
        trace = detail;
        return new Outcome.Failed(Failure.WORKER_FAILED, "the engine failed");
    }
}
