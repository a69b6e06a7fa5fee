package holt.api.jobs;

import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import holt.protocol.Outcome;
import org.jspecify.annotations.Nullable;

/** The refusal for a job that ended without a result. */
public final class Failures {
    private Failures() {}

    /** @param outcome one that no feature renders; null if the queue gave none in time */
    public static RequestRejectedException of(@Nullable Outcome outcome) {
        return switch (outcome) {
            case null -> new RequestRejectedException(Failure.TIMEOUT, "the deadline has passed");
            case Outcome.Failed failed ->
                    new RequestRejectedException(
                            failed.reason(), failed.message(), param(failed), null);
            case Outcome.Cancelled _ ->
                    new RequestRejectedException(Failure.SERVER_ERROR, "the job was cancelled");
            // The queue resolves stored outcomes, and each feature renders its own. So these are
            // never the client's fault.
            case Outcome.Stored _,
                    Outcome.ChatCompleted _,
                    Outcome.ImagesCompleted _,
                    Outcome.Embedded _ ->
                    new RequestRejectedException(
                            Failure.SERVER_ERROR, "the answer could not be read");
        };
    }

    /** The request's field or header at fault; null if there is none. */
    private static @Nullable String param(Outcome.Failed failed) {
        if (failed.param() != null) {
            return failed.param();
        }
        return switch (failed.reason()) {
            case CONTEXT_LENGTH_EXCEEDED -> "messages";
            case IDEMPOTENCY_CONFLICT -> "Idempotency-Key";
            case MALFORMED_JSON,
                    BAD_REQUEST,
                    INVALID_VALUE,
                    UNSUPPORTED_PARAMETER,
                    UNSUPPORTED_MEDIA_TYPE,
                    MODEL_NOT_FOUND,
                    INVALID_MODEL_KIND,
                    NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    RATE_LIMIT_EXCEEDED,
                    OVERLOADED,
                    PAYLOAD_TOO_LARGE,
                    INVALID_IMAGE_URL,
                    INVALID_IMAGE,
                    TIMEOUT,
                    WORKER_FAILED,
                    INVALID_API_KEY,
                    PERMISSION_DENIED,
                    JOB_FINISHED,
                    RESULT_EXPIRED,
                    JOB_NOT_FOUND,
                    HEADER_TOO_LARGE,
                    REQUEST_TIMEOUT,
                    STORAGE_UNAVAILABLE,
                    INSUFFICIENT_MEMORY,
                    SERVER_ERROR ->
                    null;
        };
    }
}
