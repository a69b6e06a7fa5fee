package holt.api.edge;

import holt.api.queue.JobQueue;
import holt.api.queue.NewJob;
import holt.api.queue.Ticket;
import holt.api.queue.waiting.ReplyListener;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.Task;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Hands every job to the current behaviour, and records the jobs that were submitted and abandoned. */
public final class FakeQueue implements JobQueue {
    public volatile Queue<Taken> taken = new ConcurrentLinkedQueue<>();
    public volatile Queue<JobId> abandoned = new ConcurrentLinkedQueue<>();
    private volatile Behaviour behaviour = Behaviour.answering("yo");

    public record Taken(JobId id, NewJob job, ReplyListener client) {
        /** Sends the replies in order, on the calling thread. */
        public void reply(Reply... replies) {
            List.of(replies).forEach(client::onReply);
        }

        /** Sends the whole answer. A stream gets the text before the outcome, as from the real queue. */
        public void answer(String text) {
            if (job.task() instanceof Task.Chat chat && chat.stream()) {
                reply(new Reply.TextDelta(text, 1));
            }
            reply(completed(text));
        }
    }

    /** Decides what happens to a job. Runs within {@code submit}. */
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

    /** Sets the behaviour and clears both records. Jobs from before stay out of the new records. */
    public void behave(Behaviour next) {
        behaviour = next;
        taken = new ConcurrentLinkedQueue<>();
        abandoned = new ConcurrentLinkedQueue<>();
    }

    @Override
    public Ticket submit(NewJob job, @Nullable ReplyListener client) {
        var entry = new Taken(JobId.random(), job, client == null ? _ -> {} : client);
        var mine = abandoned;
        taken.add(entry);
        behaviour.accept(entry);
        return new Ticket(
                entry.id(), CompletableFuture.completedFuture(null), () -> mine.add(entry.id()));
    }
}
