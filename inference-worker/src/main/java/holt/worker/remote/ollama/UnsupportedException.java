package holt.worker.remote.ollama;

import holt.protocol.Failure;
import holt.protocol.Outcome;
import holt.worker.models.RunResult;

/** A request asks for something that Ollama would ignore. */
final class UnsupportedException extends Exception {
    private static final long serialVersionUID = 1;

    private final String field;

    /** @param why a clause after the engine's name */
    UnsupportedException(String field, String why) {
        super(field + ": the model's engine, Ollama, " + why);
        this.field = field;
    }

    RunResult result() {
        return new RunResult(
                new Outcome.Failed(
                        Failure.UNSUPPORTED_PARAMETER, String.valueOf(getMessage()), field));
    }
}
