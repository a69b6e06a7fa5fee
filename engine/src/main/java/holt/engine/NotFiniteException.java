package holt.engine;

/** A model computed NaN or infinity in place of a number. */
public final class NotFiniteException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param what the numbers, such as "the logits" */
    public NotFiniteException(String what) {
        super(what + " are not finite numbers");
    }
}
