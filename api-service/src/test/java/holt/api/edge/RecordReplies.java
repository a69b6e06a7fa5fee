package holt.api.edge;

import holt.api.queue.waiting.ReplyListener;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client that remembers its replies. */
public final class RecordReplies implements ReplyListener {
    private final List<Reply> replies = new CopyOnWriteArrayList<>();

    @Override
    public void onReply(Reply reply) {
        replies.add(reply);
    }

    public List<Reply> all() {
        return List.copyOf(replies);
    }

    /** Waits for the outcome. */
    public Outcome outcome() {
        Await.until(() -> !replies.isEmpty() && replies.getLast() instanceof Outcome);
        return (Outcome) replies.getLast();
    }
}
