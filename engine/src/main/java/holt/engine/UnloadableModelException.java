package holt.engine;

/** A model folder that cannot be served. The message says which file or key is at fault and what was expected. */
public final class UnloadableModelException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnloadableModelException(String message) {
        super(message);
    }

    public UnloadableModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
