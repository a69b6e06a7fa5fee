package holt.store;

/** The store cannot be reached, did not answer in time, or refused. Trying again later may help. */
public final class StoreUnavailableException extends RuntimeException {
    StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
