package holt.store;

/** The store has no object with this key. A retry does not help. */
public final class ObjectNotFoundException extends RuntimeException {
    ObjectNotFoundException(String key) {
        super("The object store has no object " + key);
    }
}
