package holt.api.keys;

/** Callers need a key, and there is none. */
public final class NoKeysException extends RuntimeException {
    public NoKeysException() {
        super(
                "the API listens on an address that other machines reach, and there are no keys: set HOLT_ADMIN_KEY, and make keys with"
                        + " ./holt keys create, or let everybody call it with holt.keys.required=never");
    }
}
