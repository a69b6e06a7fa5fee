package holt.store;

/** An object has another size or hash than its claim check says. A retry does not help. */
public final class DamagedObjectException extends RuntimeException {
    DamagedObjectException(String message) {
        super(message);
    }
}
