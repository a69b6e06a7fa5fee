package holt.api.stream;

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
 * A bounded buffer of replies. The reply thread of all clients puts them in and never waits. The thread that writes to one client takes them
 * out and may wait. If the client reads too slowly and the buffer overflows, a failure replaces the rest.
 */
final class ReplyBuffer implements ReplyListener {
    static final int CAPACITY = 4096;

    private static final Outcome TOO_SLOW =
            new Outcome.Failed(Failure.REQUEST_TIMEOUT, "the client reads the stream too slowly");

    private static final Reply WAKE = new Outcome.Cancelled();

    private final BlockingQueue<Reply> replies = new ArrayBlockingQueue<>(CAPACITY);
    private final CompletableFuture<Void> overflow = new CompletableFuture<>();
    private volatile boolean left;

    @Override
    public void onReply(Reply reply) {
        if (!overflow.isDone() && !replies.offer(reply)) {
            overflow.complete(null);
            replies.clear();
        }
    }

    /** Runs the action once, on its own thread, when the buffer overflows. */
    void onOverflow(Runnable action) {
        var _ = overflow.thenRunAsync(action, Thread::startVirtualThread);
    }

    /** The client has gone, so its writer shall stop. */
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
