package holt.engine.embedding;

import holt.engine.RequestId;

/**
 * An input that waits for its pass.
 *
 * @param request whose input it is
 * @param index among the request's inputs
 * @param priority lower runs first
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record QueuedInput(RequestId request, int index, long[] tokens, int priority) {
    int length() {
        return tokens.length;
    }
}
