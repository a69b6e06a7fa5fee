package holt.engine.template;

import holt.engine.template.syntax.SyntaxError;
import holt.engine.template.value.EvaluationError;

/** A template that cannot be parsed or rendered, or that refuses its input with {@code raise_exception}. */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final boolean raisedByTemplate;

    private TemplateException(String message, int line, boolean raisedByTemplate) {
        super(message);
        this.line = line;
        this.raisedByTemplate = raisedByTemplate;
    }

    static TemplateException of(SyntaxError error) {
        return at(error.line(), error.problem());
    }

    /** @param line of the statement that failed; 0 when the variables could not be used */
    static TemplateException of(EvaluationError error, int line) {
        return error.isRaisedByTemplate()
                ? new TemplateException(error.getMessage(), line, true)
                : at(line, error.getMessage());
    }

    private static TemplateException at(int line, String problem) {
        return new TemplateException("line " + line + ": " + problem, line, false);
    }

    /** The line in the template's source, from 1; 0 if the variables are unusable. */
    public int line() {
        return line;
    }

    /**
     * Whether the template called {@code raise_exception}. Then the message is the template's own text for the client, for
     * example "Conversation roles must alternate".
     */
    public boolean raisedByTemplate() {
        return raisedByTemplate;
    }
}
