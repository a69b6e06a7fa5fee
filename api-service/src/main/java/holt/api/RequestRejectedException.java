package holt.api;

import holt.protocol.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A request that ends without an answer: what the client is told, in one sentence, and which field was wrong. */
public final class RequestRejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Failure failure;
    private final @Nullable String param;
    private final transient @Nullable Duration retryAfter;

    public RequestRejectedException(Failure failure, String message) {
        this(failure, message, null, null);
    }

    /**
     * @param param the request's field that was wrong
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
