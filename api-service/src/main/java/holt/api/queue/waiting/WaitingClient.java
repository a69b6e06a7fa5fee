package holt.api.queue.waiting;

import holt.kafka.ReplyHeaders;
import holt.protocol.ClaimId;
import holt.protocol.Failure;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.TokenLogprobs;
import holt.protocol.ToolCall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One waiting client and what it has received. Replies, events and the deadline arrive on different threads. Each call holds the client's
 * lock, and the listener does not block.
 */
public final class WaitingClient {
    private static final Outcome.Failed DIVERGED =
            new Outcome.Failed(
                    Failure.WORKER_FAILED,
                    "the worker died in mid answer, and the next worker's text differs from what was already sent");

    private final ReplyListener listener;
    private final boolean stream;
    private final boolean joined;
    private final Runnable diverged;
    private final Map<TextKey, StreamedText> texts = new HashMap<>();
    private @Nullable ClaimId claim;
    private int run;
    private boolean ended;
    private @Nullable Future<?> expiry;

    /** @param part of the answer; null: its content */
    private record TextKey(int choice, Reply.@Nullable Part part) {
        /** Whether both are calls in the same place of the same answer. */
        private boolean isPlaceOf(TextKey other) {
            return choice == other.choice
                    && part instanceof Reply.Part.Call(int index, _, _)
                    && other.part instanceof Reply.Part.Call(int otherIndex, _, _)
                    && index == otherIndex;
        }
    }

    /** What became of a reply. */
    enum Delivery {
        DELIVERED,
        /** It belongs to a claim that another has superseded. */
        LATE,
        /** The client has its outcome, from this reply or from before. */
        ENDED
    }

    /**
     * @param stream whether the client reads the text as it grows
     * @param joined whether another client began the job, so that its replies have begun or go to another instance
     * @param diverged called once if a run goes on whose text differs from what the client has; must not block
     */
    public WaitingClient(
            ReplyListener listener, boolean stream, boolean joined, Runnable diverged) {
        this.listener = listener;
        this.stream = stream;
        this.joined = joined;
        this.diverged = diverged;
    }

    /** Whether replies are for this client. Otherwise it waits for the job's outcome alone. */
    boolean readsReplies() {
        return !joined;
    }

    /** Passes on the newest claim's replies, and drops those of older claims. */
    synchronized Delivery deliver(ReplyHeaders headers, Reply reply) {
        if (ended) {
            return Delivery.ENDED;
        }
        if (headers.run() > run || (reply instanceof Reply.Started && headers.run() == run)) {
            // A first run whose client does not stream sends no Started.
            claim = headers.claim();
            run = headers.run();
            texts.values().forEach(StreamedText::restart);
        } else if (!headers.claim().equals(claim)) {
            return Delivery.LATE;
        }
        switch (reply) {
            case Reply.Started _ -> {}
            case Reply.TextDelta delta -> {
                StreamedText text = text(delta.index(), delta.part());
                if (!send(text, text == null ? null : text.next(delta))) {
                    diverged.run();
                }
            }
            case Reply.Progress progress -> listener.onReply(progress);
            case Outcome outcome -> end(outcome);
        }
        return ended ? Delivery.ENDED : Delivery.DELIVERED;
    }

    /**
     * Gives the client its outcome, unless it has one.
     *
     * @return false if it has one
     */
    synchronized boolean end(Outcome outcome) {
        if (ended) {
            return false;
        }
        if (stream && outcome instanceof Outcome.ChatCompleted completed) {
            sendRest(completed.choices());
        }
        if (!ended) {
            ended = true;
            listener.onReply(outcome);
        }
        return true;
    }

    /** @param expiry to be cancelled once the client no longer waits */
    public synchronized void expiresBy(Future<?> expiry) {
        this.expiry = expiry;
    }

    synchronized void cancelExpiry() {
        if (expiry != null) {
            expiry.cancel(false);
        }
    }

    /** The client has gone and gets nothing more. */
    synchronized void abandon() {
        ended = true;
    }

    /** Null if the client has another tool call in its place. */
    private @Nullable StreamedText text(int choice, Reply.@Nullable Part part) {
        var key = new TextKey(choice, part);
        StreamedText known = texts.get(key);
        if (known != null) {
            return known;
        }
        if (texts.keySet().stream().anyMatch(key::isPlaceOf)) {
            return null;
        }
        var begun = new StreamedText();
        texts.put(key, begun);
        return begun;
    }

    private void sendRest(List<Outcome.Choice> choices) {
        for (int i = 0; i < choices.size(); i++) {
            Outcome.Choice whole = choices.get(i);
            Integer choice = choices.size() == 1 ? null : i;
            if (!whole.reasoning().isEmpty()) {
                sendRest(i, choice, whole.reasoning(), null, new Reply.Part.Reasoning());
            }
            sendRest(i, choice, whole.content(), whole.logprobs(), null);
            List<ToolCall> calls = whole.toolCalls();
            for (int call = 0; call < calls.size(); call++) {
                ToolCall of = calls.get(call);
                sendRest(
                        i,
                        choice,
                        of.arguments(),
                        null,
                        new Reply.Part.Call(call, of.id(), of.name()));
            }
        }
    }

    private void sendRest(
            int index,
            @Nullable Integer choice,
            String whole,
            @Nullable List<TokenLogprobs> logprobs,
            Reply.@Nullable Part part) {
        if (!ended) {
            StreamedText text = text(index, part);
            var _ = send(text, text == null ? null : text.rest(whole, logprobs, choice, part));
        }
    }

    /**
     * @param fresh null if the text differs from what was sent
     * @return false if it does
     */
    private boolean send(@Nullable StreamedText text, Reply.@Nullable TextDelta fresh) {
        if (text == null || fresh == null) {
            ended = true;
            listener.onReply(DIVERGED);
            return false;
        }
        if (text.isNews(fresh)) {
            listener.onReply(fresh);
        }
        return true;
    }
}
