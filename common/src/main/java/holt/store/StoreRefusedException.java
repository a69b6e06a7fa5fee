package holt.store;

/** The store refused the request itself, such as for its keys. A retry does not help until somebody changes a setting. */
final class StoreRefusedException extends StoreUnavailableException {
    private final String reason;

    /** @param reason in the store's own words */
    StoreRefusedException(String reason, Throwable cause) {
        super("The object store refused: " + reason, cause);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
