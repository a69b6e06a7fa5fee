package holt.api.chat;

import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import holt.protocol.Outcome;

/** What a client is told when its job ended without a text. */
final class Failures {
    private Failures() {}

    static RequestRejectedException of(Outcome.Failed failed) {
        String param = failed.reason() == Failure.CONTEXT_LENGTH_EXCEEDED ? "messages" : null;
        return new RequestRejectedException(failed.reason(), failed.message(), param, null);
    }

    static RequestRejectedException cancelled() {
        return new RequestRejectedException(Failure.SERVER_ERROR, "the job was cancelled");
    }

    static RequestRejectedException overdue() {
        return new RequestRejectedException(Failure.TIMEOUT, "the deadline has passed");
    }

    /** The queue resolves stored outcomes; one that arrives here is our fault, not the client's. */
    static RequestRejectedException unresolved() {
        return new RequestRejectedException(Failure.SERVER_ERROR, "the answer could not be read");
    }
}
