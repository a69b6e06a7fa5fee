package holt.worker.claim;

/** The broker has delivered the job to another slot, or will. The work of this slot on it does not count. */
final class LeaseLostException extends Exception {
    private static final long serialVersionUID = 1L;

    LeaseLostException(String message) {
        super(message);
    }
}
