package holt.api.jobs;

import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import holt.protocol.Outcome;
import org.jspecify.annotations.Nullable;

/** What a client is told when its job ended without a result. */
public final class Failures {
    private Failures() {}

    /** @param outcome one that no feature shows as a success; null when the queue did not keep the deadline */
    public static RequestRejectedException of(@Nullable Outcome outcome) {
        return switch (outcome) {
            case null -> new RequestRejectedException(Failure.TIMEOUT, "the deadline has passed");
            case Outcome.Failed failed ->
                    new RequestRejectedException(
                            failed.reason(), failed.message(), param(failed), null);
            case Outcome.Cancelled _ ->
                    new RequestRejectedException(Failure.SERVER_ERROR, "the job was cancelled");
            // The queue resolves stored outcomes, and each feature shows its own: what arrives here
            // is our fault, not the client's.
            case Outcome.Stored _, Outcome.ChatCompleted _, Outcome.ImagesCompleted _ ->
                    new RequestRejectedException(
                            Failure.SERVER_ERROR, "the answer could not be read");
        };
    }

    private static @Nullable String param(Outcome.Failed failed) {
        if (failed.param() != null) {
            return failed.param();
        }
        return switch (failed.reason()) {
            case CONTEXT_LENGTH_EXCEEDED -> "messages";
            case IDEMPOTENCY_CONFLICT -> "Idempotency-Key";
            default -> null;
        };
    }
}
