package holt.store;

/** The store is out of reach, did not answer in time, or refused. A retry may help. */
public sealed class StoreUnavailableException extends RuntimeException
        permits StoreRefusedException {
    StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
