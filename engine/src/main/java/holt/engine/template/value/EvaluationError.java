package holt.engine.template.value;

/** A failure of an expression or a value. It does not know its line. */
public final class EvaluationError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean raisedByTemplate;

    private EvaluationError(String message, boolean raisedByTemplate) {
        super(message);
        this.raisedByTemplate = raisedByTemplate;
    }

    public EvaluationError(String message) {
        this(message, false);
    }

    public static EvaluationError raisedByTemplate(String message) {
        return new EvaluationError(message, true);
    }

    /** True when the template called {@code raise_exception}. */
    public boolean isRaisedByTemplate() {
        return raisedByTemplate;
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }
}
