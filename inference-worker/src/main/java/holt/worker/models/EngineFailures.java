package holt.worker.models;

import holt.engine.EngineFailure;
import holt.protocol.Failure;
import holt.protocol.Outcome;

/**
 * Maps an engine's failure to a result. A failure that the request causes names its field. For any other failure the client gets one sentence,
 * and the trace keeps the engine's detail.
 */
final class EngineFailures {
    private final Runnable onBrokenDevice;

    /** @param onBrokenDevice called when the device has failed for good */
    EngineFailures(Runnable onBrokenDevice) {
        this.onBrokenDevice = onBrokenDevice;
    }

    RunResult result(EngineFailure failure) {
        return switch (failure) {
            case EngineFailure.PromptTooLong(String field, int prompt, int context) ->
                    refused(
                            Failure.CONTEXT_LENGTH_EXCEEDED,
                            field,
                            "the prompt has %d tokens, the model's context holds %d"
                                    .formatted(prompt, context));
            case EngineFailure.TemplateRefused(String detail) ->
                    refused(
                            Failure.INVALID_VALUE,
                            "messages",
                            "the model's chat template refuses them: " + detail);
            case EngineFailure.UnknownToken(int token, int vocabulary) ->
                    refused(
                            Failure.INVALID_VALUE,
                            "logit_bias",
                            "token %d does not exist; the model has %d tokens, counted from 0"
                                    .formatted(token, vocabulary));
            case EngineFailure.Refused(String field, String detail) ->
                    refused(Failure.INVALID_VALUE, field, detail);
            case EngineFailure.OutOfMemory(String detail) ->
                    failed(Failure.INSUFFICIENT_MEMORY, "the device ran out of memory", detail);
            case EngineFailure.DeviceBroken(String detail) -> {
                onBrokenDevice.run();
                yield failed(Failure.WORKER_FAILED, "the device failed", detail);
            }
            case EngineFailure.Internal(String detail) -> internal(detail);
        };
    }

    RunResult internal(String detail) {
        return failed(Failure.WORKER_FAILED, "the engine failed", detail);
    }

    private static RunResult refused(Failure reason, String field, String why) {
        return new RunResult(new Outcome.Failed(reason, field + ": " + why, field));
    }

    private static RunResult failed(Failure reason, String message, String trace) {
        return RunResult.failed(new Outcome.Failed(reason, message), trace);
    }
}
