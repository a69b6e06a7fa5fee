package holt.store;

/** Nothing is kept under the key: never put, or deleted since. Trying again does not help. */
public final class ObjectNotFoundException extends RuntimeException {
    ObjectNotFoundException(String key) {
        super("No object under the key " + key);
    }
}
