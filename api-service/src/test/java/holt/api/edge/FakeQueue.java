package holt.api.edge;

import holt.api.RequestRejectedException;
import holt.api.queue.JobQueue;
import holt.api.queue.NewJob;
import holt.api.queue.Ticket;
import holt.api.queue.index.RequestKey;
import holt.api.queue.waiting.ReplyListener;
import holt.protocol.Failure;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Gives every job to the behaviour of the moment. It remembers what was submitted and abandoned. */
public final class FakeQueue implements JobQueue {
    public volatile Queue<Taken> taken = new ConcurrentLinkedQueue<>();
    public volatile Queue<JobId> abandoned = new ConcurrentLinkedQueue<>();
    private volatile Behaviour behaviour = Behaviour.answering("yo");
    private final Map<RequestKey, Taken> keyed = new ConcurrentHashMap<>();

    public record Taken(JobId id, NewJob job, Clients client) {
        /** The replies in order, on the calling thread. */
        public void reply(Reply... replies) {
            List.of(replies).forEach(client::onReply);
        }

        /** The whole answer. A client that streams gets its text before the end, as with the real queue. */
        public void answer(String text) {
            if (job.task() instanceof Task.Chat chat && chat.stream()) {
                reply(new Reply.TextDelta(text, 1));
            }
            reply(completed(text));
        }
    }

    /** The clients of one job: the first gets all replies, the others the outcome alone, and none gets more after it. */
    public static final class Clients implements ReplyListener {
        private final List<ReplyListener> waiting = new ArrayList<>();
        private @Nullable ReplyListener first;
        private @Nullable Outcome outcome;

        @Override
        public synchronized void onReply(Reply reply) {
            if (outcome != null) {
                return;
            }
            if (reply instanceof Outcome last) {
                outcome = last;
                List.copyOf(waiting).forEach(client -> client.onReply(last));
            } else if (first != null && waiting.contains(first)) {
                first.onReply(reply);
            }
        }

        private synchronized void add(@Nullable ReplyListener client) {
            if (client == null) {
                return;
            }
            if (outcome != null) {
                client.onReply(outcome);
            } else {
                waiting.add(client);
                first = first == null ? client : first;
            }
        }

        private synchronized void remove(@Nullable ReplyListener client) {
            waiting.remove(client);
        }
    }

    /** What becomes of a job; runs within {@code submit}. */
    public interface Behaviour {
        void accept(Taken job);

        static Behaviour answering(String text) {
            return job -> job.answer(text);
        }

        static Behaviour waiting() {
            return job -> {};
        }
    }

    public static Outcome.ChatCompleted completed(String text) {
        return new Outcome.ChatCompleted(text, Outcome.FinishReason.STOP, new Outcome.Usage(1, 1));
    }

    /** From now on. What was taken and abandoned before is forgotten. */
    public void behave(Behaviour next) {
        behaviour = next;
        taken = new ConcurrentLinkedQueue<>();
        abandoned = new ConcurrentLinkedQueue<>();
    }

    @Override
    public Ticket submit(NewJob job, @Nullable ReplyListener client) {
        var fresh = new Taken(JobId.random(), job, new Clients());
        Taken entry = job.key() == null ? fresh : keyed.computeIfAbsent(job.key(), _ -> fresh);
        if (!entry.job().task().equals(job.task())) {
            throw new RequestRejectedException(
                    Failure.IDEMPOTENCY_CONFLICT, "another request", "Idempotency-Key", null);
        }
        var gone = abandoned;
        entry.client().add(client);
        if (entry == fresh) {
            taken.add(entry);
            behaviour.accept(entry);
        }
        return new Ticket(
                entry.id(),
                CompletableFuture.completedFuture(null),
                () -> {
                    entry.client().remove(client);
                    gone.add(entry.id());
                });
    }
}
