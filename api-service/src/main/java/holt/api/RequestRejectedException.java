package holt.api;

import holt.protocol.Failure;
import holt.protocol.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A refused request: the failure, one sentence for the client, and the field that was wrong. */
public final class RequestRejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Failure failure;
    private final @Nullable String param;
    private final transient @Nullable Duration retryAfter;

    public RequestRejectedException(Failure failure, String message) {
        this(failure, message, null, null);
    }

    /**
     * @param param the field or header that was wrong
     * @param retryAfter when another try may succeed
     */
    public RequestRejectedException(
            Failure failure,
            String message,
            @Nullable String param,
            @Nullable Duration retryAfter) {
        super(message, null, false, false);
        this.failure = failure;
        this.param = param;
        this.retryAfter = retryAfter;
    }

    /** The same refusal as the outcome of a job. */
    public Outcome.Failed asOutcome() {
        return new Outcome.Failed(failure, String.valueOf(getMessage()), param);
    }

    public Failure failure() {
        return failure;
    }

    public @Nullable String param() {
        return param;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
