package holt.standalone.client;

/** A Holt does not answer, or refuses. The message is one sentence for the user. */
public final class HoltAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HoltAnswerException(String message) {
        super(message);
    }

    HoltAnswerException(String message, Throwable cause) {
        super(message, cause);
    }
}
