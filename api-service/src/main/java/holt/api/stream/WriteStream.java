package holt.api.stream;

import holt.api.RequestRejectedException;
import holt.api.http.Answers;
import holt.api.http.ClientGoneException;
import holt.api.http.EventStream;
import holt.api.jobs.Failures;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Writes the replies of a chat as server-sent events, on its own thread.
 *
 * <p>The first text, or one silent ping interval, sends status 200. A failure until then gets a plain JSON error with its real status: a
 * prompt that is too long, or a broker that is down. After that, pings keep the stream alive and show whether the client has gone.
 */
final class WriteStream {
    private final ReplyBuffer replies;
    private final StreamWriter writer;
    private final Duration pingEvery;
    private final Duration limit;

    private @Nullable EventStream events;

    /**
     * @param limit when the stream fails, even if the queue has sent no outcome
     */
    WriteStream(ReplyBuffer replies, StreamWriter writer, Duration pingEvery, Duration limit) {
        this.replies = replies;
        this.writer = writer;
        this.pingEvery = pingEvery;
        this.limit = limit;
    }

    /** Returns when the stream has ended. */
    void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < limit.toNanos()) {
            switch (next()) {
                case null -> open(request, response).ping();
                case Reply.Started started -> {}
                case Reply.Progress progress -> {}
                case Reply.TextDelta delta -> writer.delta(open(request, response), delta);
                case Outcome.ChatCompleted completed -> {
                    writer.complete(open(request, response), completed);
                    return;
                }
                case Outcome failed -> {
                    fail(request, response, Failures.of(failed));
                    return;
                }
            }
        }
        fail(request, response, Failures.of(null));
    }

    private @Nullable Reply next() throws IOException {
        try {
            return replies.next(pingEvery);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientGoneException();
        }
    }

    private EventStream open(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        EventStream open = events;
        if (open == null) {
            open = EventStream.open(request, response);
            events = open;
            writer.begin(open);
        }
        return open;
    }

    private void fail(
            HttpServletRequest request,
            HttpServletResponse response,
            RequestRejectedException failure)
            throws IOException {
        RequestRejectedException rejected = writer.named(failure);
        EventStream open = events;
        if (open == null) {
            Answers.failure(request, response, rejected);
        } else {
            writer.fail(open, rejected);
        }
    }
}
