package holt.api.queue.index;

/** The log no longer has the record. */
final class RecordGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RecordGoneException(Throwable cause) {
        super(cause);
    }
}
