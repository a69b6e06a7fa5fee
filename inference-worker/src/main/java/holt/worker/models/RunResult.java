package holt.worker.models;

import holt.protocol.Outcome;
import java.util.List;

/**
 * The end of one run.
 *
 * @param uploads objects that must be in the store before a record names them
 * @param trace of a failure, for operators; it never reaches the client. Empty if nothing failed
 * @param turnedAway whether the engine did not take the task, because it has no room or is away. The job may return to its queue
 */
public record RunResult(Outcome outcome, List<Upload> uploads, String trace, boolean turnedAway) {
    public RunResult {
        uploads = List.copyOf(uploads);
    }

    /** Of a task that the engine took. */
    public RunResult(Outcome outcome, List<Upload> uploads, String trace) {
        this(outcome, uploads, trace, false);
    }

    /** Without uploads and trace. */
    public RunResult(Outcome outcome) {
        this(outcome, List.of(), "");
    }

    /** A failure without uploads. */
    public static RunResult failed(Outcome.Failed failed, String trace) {
        return new RunResult(failed, List.of(), trace);
    }

    /** @param last the outcome of a job that was turned away too often */
    public static RunResult turnedAway(Outcome.Failed last) {
        return new RunResult(last, List.of(), "", true);
    }
}
