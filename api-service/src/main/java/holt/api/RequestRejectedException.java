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
    private final transient @Nullable Refusal refusal;

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
        this(failure, message, param, retryAfter, null);
    }

    private RequestRejectedException(
            Failure failure,
            String message,
            @Nullable String param,
            @Nullable Duration retryAfter,
            @Nullable Refusal refusal) {
        super(message, null, false, false);
        this.failure = failure;
        this.param = param;
        this.retryAfter = retryAfter;
        this.refusal = refusal;
    }

    /** A valid request beyond a bound: {@code RATE_LIMIT_EXCEEDED}. The message begins with the reason. */
    public static RequestRejectedException limited(
            Refusal refusal, String message, Duration retryAfter) {
        return new RequestRejectedException(
                Failure.RATE_LIMIT_EXCEEDED,
                refusal.reason().label() + ": " + message,
                null,
                retryAfter,
                refusal);
    }

    /** The same refusal by other words. */
    public RequestRejectedException renamed(String message, String param) {
        return new RequestRejectedException(failure, message, param, retryAfter, refusal);
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

    /** Which bound was exceeded; null if none was. */
    public @Nullable Refusal refusal() {
        return refusal;
    }
}
