package holt.standalone.hub;

/** A model cannot be pulled; the message is one sentence for the person who wants it. */
public final class HubException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HubException(String message) {
        super(message);
    }

    HubException(String message, Throwable cause) {
        super(message, cause);
    }
}
