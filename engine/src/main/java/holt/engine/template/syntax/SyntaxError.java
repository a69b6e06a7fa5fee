package holt.engine.template.syntax;

/** A template that cannot be parsed. */
public final class SyntaxError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final String problem;

    /** @param line in the source, from 1 */
    SyntaxError(int line, String problem) {
        super(problem);
        this.line = line;
        this.problem = problem;
    }

    public int line() {
        return line;
    }

    public String problem() {
        return problem;
    }
}
