package holt.api.queue.waiting;

import holt.protocol.Reply;

/**
 * The waiting client. Told of text, progress and the outcome, but not of claims; called in order, one call at a time, and never again after
 * a {@link holt.protocol.Outcome}. Who streams has been told the whole text before the outcome.
 */
@FunctionalInterface
public interface ReplyListener {
    /** Must not block: it runs on the thread that serves all replies of this instance. */
    void onReply(Reply reply);
}
