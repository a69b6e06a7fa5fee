package holt.standalone.embedded;

/** Something outside Holt prevents its start. The message is one sentence for the user. */
public final class CannotStartException extends RuntimeException {
    public CannotStartException(String message) {
        super(message);
    }

    public CannotStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
