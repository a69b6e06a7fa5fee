package holt.worker.models;

import holt.protocol.Outcome;
import java.util.List;

/**
 * The end of one run.
 *
 * @param uploads objects that must be in the store before a record names them
 * @param trace of a failure, for operators; it never reaches the client. Empty if nothing failed
 */
public record RunResult(Outcome outcome, List<Upload> uploads, String trace) {
    public RunResult {
        uploads = List.copyOf(uploads);
    }

    /** Without uploads and trace. */
    public RunResult(Outcome outcome) {
        this(outcome, List.of(), "");
    }

    static RunResult failed(Outcome.Failed failed, String trace) {
        return new RunResult(failed, List.of(), trace);
    }
}
