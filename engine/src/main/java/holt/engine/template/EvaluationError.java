package holt.engine.template;

/** A failure below statement level, which does not know its line; {@link Runner} turns it into a {@link TemplateException}. */
final class EvaluationError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean raisedByTemplate;

    private EvaluationError(String message, boolean raisedByTemplate) {
        super(message);
        this.raisedByTemplate = raisedByTemplate;
    }

    EvaluationError(String message) {
        this(message, false);
    }

    static EvaluationError raisedByTemplate(String message) {
        return new EvaluationError(message, true);
    }

    TemplateException at(int line) {
        return raisedByTemplate
                ? TemplateException.raisedByTemplate(line, getMessage())
                : TemplateException.at(line, getMessage());
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }
}
