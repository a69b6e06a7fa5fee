package holt.standalone.hub;

import java.io.IOException;
import java.time.Duration;

/** The hub refuses for now. Its message is the HTTP status. */
final class HubBusyException extends IOException {
    private final Duration retryAfter;

    /** @param retryAfter the hub's own wish; zero if it has none */
    HubBusyException(int code, Duration retryAfter) {
        super("HTTP " + code);
        this.retryAfter = retryAfter;
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
