package holt.kafka;

/** The broker cannot be reached, is too old, or refused what Holt needs of it. */
public final class BrokerUnfitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokerUnfitException(String message, Throwable cause) {
        super(message, cause);
    }

    BrokerUnfitException(String message) {
        super(message);
    }
}
