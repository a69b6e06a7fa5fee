package holt.worker.run;

import holt.engine.EngineFailure;
import holt.protocol.Failure;
import holt.protocol.Outcome;

/** Turns an engine's failure into an outcome. Only the log gets the details of failures that no request caused. */
final class EngineTrouble {
    private final Runnable onBrokenDevice;
    private volatile String trace = "";

    /** @param onBrokenDevice called when the device has failed for good */
    EngineTrouble(Runnable onBrokenDevice) {
        this.onBrokenDevice = onBrokenDevice;
    }

    /** The engine's own message; empty if the engine did not fail. Any thread may call it. */
    String trace() {
        return trace;
    }

    Outcome.Failed outcome(EngineFailure failure) {
        return switch (failure) {
            case EngineFailure.PromptTooLong(int prompt, int context) ->
                    new Outcome.Failed(
                            Failure.CONTEXT_LENGTH_EXCEEDED,
                            "messages: the prompt has "
                                    + prompt
                                    + " tokens, the model's context holds "
                                    + context,
                            "messages");
            case EngineFailure.TemplateRefused(String detail) ->
                    new Outcome.Failed(
                            Failure.INVALID_VALUE,
                            "messages: the model's chat template refuses them: " + detail,
                            "messages");
            case EngineFailure.UnknownToken(int token, int vocabulary) ->
                    new Outcome.Failed(
                            Failure.INVALID_VALUE,
                            "logit_bias: "
                                    + token
                                    + " is no token; the model has "
                                    + vocabulary
                                    + ", counted from 0",
                            "logit_bias");
            case EngineFailure.Refused(String field, String detail) ->
                    new Outcome.Failed(Failure.INVALID_VALUE, field + ": " + detail, field);
            case EngineFailure.OutOfMemory(String detail) -> {
                trace = detail;
                yield new Outcome.Failed(
                        Failure.INSUFFICIENT_MEMORY, "the device ran out of memory");
            }
            case EngineFailure.DeviceBroken(String detail) -> {
                trace = detail;
                onBrokenDevice.run();
                yield new Outcome.Failed(Failure.WORKER_FAILED, "the device failed");
            }
            case EngineFailure.Internal(String detail) -> internal(detail);
        };
    }

    Outcome.Failed internal(String detail) {
        trace = detail;
        return new Outcome.Failed(Failure.WORKER_FAILED, "the engine failed");
    }
}
