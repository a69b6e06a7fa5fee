package holt.worker.remote;

import holt.protocol.Failure;
import holt.protocol.Outcome;
import holt.worker.models.RunResult;

/** A request asks for something that the engine would ignore. */
public final class UnsupportedException extends Exception {
    private static final long serialVersionUID = 1;

    private final String field;

    /** @param why a clause whose subject is the engine */
    public UnsupportedException(String field, String why) {
        super(field + ": the model's engine " + why);
        this.field = field;
    }

    public RunResult result() {
        return new RunResult(
                new Outcome.Failed(
                        Failure.UNSUPPORTED_PARAMETER, String.valueOf(getMessage()), field));
    }
}
