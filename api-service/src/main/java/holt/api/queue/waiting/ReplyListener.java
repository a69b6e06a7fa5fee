package holt.api.queue.waiting;

import holt.protocol.Reply;

/**
 * A waiting client. It gets text, progress and the outcome, in order and one call at a time. After the {@link holt.protocol.Outcome} it gets
 * nothing more. A client that streams gets its whole text before the outcome. Claims are hidden from it.
 */
@FunctionalInterface
public interface ReplyListener {
    /** Must not block: it runs on the thread that serves all replies of this instance. */
    void onReply(Reply reply);
}
