package holt.kafka;

/** The broker is out of reach, is too old, or refuses what Holt needs. The message is a sentence for operators. */
public final class BrokerUnfitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokerUnfitException(String message, Throwable cause) {
        super(message, cause);
    }

    BrokerUnfitException(String message) {
        super(message);
    }
}
