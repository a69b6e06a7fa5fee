package holt.api.queue.waiting;

import holt.kafka.ReplyHeaders;
import holt.protocol.ClaimId;
import holt.protocol.Failure;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One client and what it has been told. Replies, events and the deadline come on different threads; each call holds the client's lock, and
 * the listener does not block.
 */
public final class WaitingClient {
    private static final Outcome.Failed DIVERGED =
            new Outcome.Failed(
                    Failure.WORKER_FAILED,
                    "the worker was lost in mid answer, and its successor's text differs from what was already sent");

    private final ReplyListener listener;
    private final boolean stream;
    private final boolean joined;
    private final Map<Integer, StreamedText> texts = new HashMap<>(); // by answer
    private @Nullable ClaimId claim;
    private int run;
    private boolean ended;
    private @Nullable Future<?> timer;

    /** What became of a reply. */
    enum Delivery {
        DELIVERED,
        /** It belongs to a claim that another has superseded. */
        LATE,
        /** The client has had its last word, with this reply or before. */
        ENDED
    }

    /** @param joined whether the job was another client's before, so that its replies have begun, or go elsewhere */
    public WaitingClient(ReplyListener listener, boolean stream, boolean joined) {
        this.listener = listener;
        this.stream = stream;
        this.joined = joined;
    }

    /** Whether replies are for this client; else it waits for the job's outcome alone. */
    boolean readsReplies() {
        return !joined;
    }

    /** The newest claim's replies are passed on, those of older claims dropped. */
    synchronized Delivery deliver(ReplyHeaders headers, Reply reply) {
        if (ended) {
            return Delivery.ENDED;
        }
        if (headers.run() > run || (reply instanceof Reply.Started && headers.run() == run)) {
            // A first run that nobody reads along with does not say that it starts.
            claim = headers.claim();
            run = headers.run();
            texts.values().forEach(StreamedText::restart);
        } else if (!headers.claim().equals(claim)) {
            return Delivery.LATE;
        }
        switch (reply) {
            case Reply.Started _ -> {}
            case Reply.TextDelta delta -> say(text(delta.index()).next(delta));
            case Reply.Progress progress -> listener.onReply(progress);
            case Outcome outcome -> end(outcome);
        }
        return ended ? Delivery.ENDED : Delivery.DELIVERED;
    }

    /**
     * The last word, from whoever has it first.
     *
     * @return false if the client had it before
     */
    synchronized boolean end(Outcome outcome) {
        if (ended) {
            return false;
        }
        if (stream && outcome instanceof Outcome.ChatCompleted completed) {
            sayRest(completed.choices());
        }
        if (!ended) {
            ended = true;
            listener.onReply(outcome);
        }
        return true;
    }

    /** The timer to be stopped when the client no longer waits. */
    public synchronized void expiresBy(Future<?> expiry) {
        timer = expiry;
    }

    synchronized void release() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** Nobody listens any more. */
    synchronized void abandon() {
        ended = true;
    }

    private StreamedText text(int choice) {
        return texts.computeIfAbsent(choice, _ -> new StreamedText());
    }

    private void sayRest(List<Outcome.Choice> choices) {
        for (int i = 0; i < choices.size() && !ended; i++) {
            say(text(i).rest(choices.get(i), choices.size() == 1 ? null : i));
        }
    }

    private void say(Reply.@Nullable TextDelta fresh) {
        if (fresh == null) {
            ended = true;
            listener.onReply(DIVERGED);
        } else if (!fresh.text().isEmpty() || hasLogprobs(fresh)) {
            listener.onReply(fresh);
        }
    }

    private static boolean hasLogprobs(Reply.TextDelta delta) {
        return delta.logprobs() != null && !delta.logprobs().isEmpty();
    }
}
