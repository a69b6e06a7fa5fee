package holt.store;

/** The bytes under a claim check are not those that were put. Trying again does not help. */
public final class DamagedObjectException extends RuntimeException {
    DamagedObjectException(String message) {
        super(message);
    }
}
