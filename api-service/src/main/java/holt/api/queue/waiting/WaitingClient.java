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
    private final Map<Integer, StreamedText> texts = new HashMap<>(); // by answer
    private @Nullable ClaimId claim;
    private int run;
    private boolean ended;
    private @Nullable Future<?> expiry;

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
                if (!send(text(delta.index()).next(delta))) {
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

    private StreamedText text(int choice) {
        return texts.computeIfAbsent(choice, _ -> new StreamedText());
    }

    private void sendRest(List<Outcome.Choice> choices) {
        for (int i = 0; i < choices.size() && !ended; i++) {
            var _ = send(text(i).rest(choices.get(i), choices.size() == 1 ? null : i));
        }
    }

    /**
     * @param fresh null if the text differs from what was sent
     * @return false if it does
     */
    private boolean send(Reply.@Nullable TextDelta fresh) {
        if (fresh == null) {
            ended = true;
            listener.onReply(DIVERGED);
            return false;
        }
        if (!fresh.text().isEmpty() || hasLogprobs(fresh)) {
            listener.onReply(fresh);
        }
        return true;
    }

    private static boolean hasLogprobs(Reply.TextDelta delta) {
        return delta.logprobs() != null && !delta.logprobs().isEmpty();
    }
}
