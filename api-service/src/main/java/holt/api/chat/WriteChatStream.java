package holt.api.chat;

import holt.api.RequestRejectedException;
import holt.api.http.Answers;
import holt.api.http.ClientGoneException;
import holt.api.http.ErrorBody;
import holt.api.http.EventStream;
import holt.api.jobs.Failures;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the replies of a chat as server-sent events, on its own thread.
 *
 * <p>The first text, or one silent ping interval, sends status 200. A failure until then gets a plain JSON error with its real status: a
 * prompt that is too long, or a broker that is down. After that, pings keep the stream alive and show whether the client has gone.
 */
final class WriteChatStream {
    private final ReplyBuffer replies;
    private final ChatEnvelope envelope;
    private final StreamedUsage usage;
    private final Duration pingEvery;
    private final Duration limit;

    /** A tool call of an answer. */
    private record Call(int answer, int index) {}

    private @Nullable EventStream events;
    private final Set<Integer> begun = new HashSet<>(); // the answers whose role was sent
    private final Set<Call> called = new HashSet<>(); // the tool calls whose names were sent

    /**
     * @param limit when the stream fails, even if the queue has sent no outcome
     */
    WriteChatStream(
            ReplyBuffer replies,
            ChatEnvelope envelope,
            StreamedUsage usage,
            Duration pingEvery,
            Duration limit) {
        this.replies = replies;
        this.envelope = envelope;
        this.usage = usage;
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
                case Reply.TextDelta delta -> text(open(request, response), delta);
                case Outcome.ChatCompleted completed -> {
                    finish(open(request, response), completed);
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
        }
        return open;
    }

    private void text(EventStream events, Reply.TextDelta delta) throws IOException {
        begin(events, delta.index());
        boolean first =
                delta.part() instanceof Reply.Part.Call(int call, _, _)
                        && called.add(new Call(delta.index(), call));
        events.send(ChatChunk.text(envelope, delta, first));
    }

    private void begin(EventStream events, int index) throws IOException {
        if (begun.add(index)) {
            events.send(ChatChunk.role(envelope, index));
        }
    }

    private void finish(EventStream events, Outcome.ChatCompleted completed) throws IOException {
        List<Outcome.Choice> choices = completed.choices();
        var tokens = ChatReply.Usage.of(completed.usage());
        for (int i = 0; i < choices.size(); i++) {
            boolean carriesUsage = usage == StreamedUsage.FINISH_CHUNK && i == choices.size() - 1;
            begin(events, i);
            events.send(
                    ChatChunk.finish(
                            envelope,
                            i,
                            choices.get(i).finishReason(),
                            carriesUsage ? tokens : null));
        }
        if (usage == StreamedUsage.OWN_CHUNK) {
            events.send(ChatChunk.usage(envelope, tokens));
        }
        events.done();
    }

    private void fail(
            HttpServletRequest request,
            HttpServletResponse response,
            RequestRejectedException rejected)
            throws IOException {
        EventStream open = events;
        if (open == null) {
            Answers.failure(request, response, rejected);
        } else {
            open.fail(
                    ErrorBody.of(
                            rejected.failure(),
                            String.valueOf(rejected.getMessage()),
                            rejected.param()));
        }
    }
}
