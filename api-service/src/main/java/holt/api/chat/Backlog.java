package holt.api.chat;

import holt.api.http.ClientGoneException;
import holt.api.queue.waiting.ReplyListener;
import holt.protocol.Failure;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Replies between the thread that serves all clients, which must never wait, and the one that writes to a single client, which may. It
 * holds so many and no more: when a client reads too slowly, what it has not read is replaced by a failure.
 */
final class Backlog implements ReplyListener {
    static final int MOST = 4096;

    private static final Outcome TOO_SLOW =
            new Outcome.Failed(
                    Failure.REQUEST_TIMEOUT, "the stream was read more slowly than it was written");

    private static final Reply WAKE = new Outcome.Cancelled();

    private final BlockingQueue<Reply> replies = new ArrayBlockingQueue<>(MOST);
    private final CompletableFuture<Void> overflow = new CompletableFuture<>();
    private volatile boolean left;

    @Override
    public void onReply(Reply reply) {
        if (!overflow.isDone() && !replies.offer(reply)) {
            overflow.complete(null);
            replies.clear();
        }
    }

    /** Runs once, on a thread of its own, when the client has been too slow. */
    void onOverflow(Runnable action) {
        var _ = overflow.thenRunAsync(action, Thread::startVirtualThread);
    }

    /** The client has gone: whoever writes to it stops. */
    void leave() {
        left = true;
        replies.clear();
        replies.offer(WAKE);
    }

    /**
     * The next reply, or null if none comes in time.
     *
     * @throws ClientGoneException after {@link #leave}
     */
    @Nullable Reply next(Duration atMost) throws InterruptedException, ClientGoneException {
        Reply next =
                overflow.isDone() ? TOO_SLOW : replies.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
        if (left) {
            throw new ClientGoneException();
        }
        return next;
    }
}
