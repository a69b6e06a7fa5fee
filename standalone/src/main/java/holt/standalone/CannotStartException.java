package holt.standalone;

/** Something outside of Holt keeps it from starting; the message is one sentence for the person who started it. */
public final class CannotStartException extends RuntimeException {
    CannotStartException(String message) {
        super(message);
    }

    CannotStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
