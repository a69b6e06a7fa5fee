package holt.worker.claim;

/** The broker has given, or will give, this slot's job to another; what was done for it here counts for nothing. */
final class LeaseLostException extends Exception {
    private static final long serialVersionUID = 1L;

    LeaseLostException(String message) {
        super(message);
    }
}
