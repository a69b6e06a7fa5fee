package holt.engine;

/** A model that cannot be loaded. The message names the file or key and what was expected. */
public final class UnloadableModelException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnloadableModelException(String message) {
        super(message);
    }

    public UnloadableModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
