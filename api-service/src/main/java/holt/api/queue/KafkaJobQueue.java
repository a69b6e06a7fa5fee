package holt.api.queue;

import holt.api.queue.publish.Breakers;
import holt.api.queue.waiting.ReplyListener;
import holt.api.queue.waiting.WaitingClient;
import holt.protocol.Job;
import holt.protocol.JobId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The queue on Kafka. It registers the client before it enqueues the job. */
final class KafkaJobQueue implements JobQueue {
    /** All partitions of the events may be in trouble, so the search for a good one ends. */
    private static final int MOST_IDS = 20;

    private final EnqueueJobs enqueue;
    private final Breakers breakers;
    private final MakeJobs make;
    private final RegisterClients clients;
    private final KeyedJobs keyed;
    private final AdmitJobs admission;
    private final Duration longestDeadline;

    /** @param longestDeadline how long the broker keeps jobs */
    KafkaJobQueue(
            EnqueueJobs enqueue,
            Breakers breakers,
            MakeJobs make,
            RegisterClients clients,
            KeyedJobs keyed,
            AdmitJobs admission,
            Duration longestDeadline) {
        this.enqueue = enqueue;
        this.breakers = breakers;
        this.make = make;
        this.clients = clients;
        this.keyed = keyed;
        this.admission = admission;
        this.longestDeadline = longestDeadline;
    }

    @Override
    public Ticket submit(NewJob wanted, @Nullable ReplyListener listener) {
        NewJob request = wanted.within(longestDeadline);
        return request.key() == null
                ? begin(request, listener)
                : keyed.submit(request.key(), request, listener);
    }

    private Ticket begin(NewJob request, @Nullable ReplyListener listener) {
        JobId id = drawId();
        admission.admit(id, request);
        Job job = make.make(id, request);
        WaitingClient client = clients.register(id, request, listener, false);
        CompletableFuture<Void> accepted = enqueue.enqueue(job, request.outlives());
        admission.until(accepted, id);
        return clients.ticket(id, request, client, accepted);
    }

    /** The id decides on the partition of the job's events. One in trouble is avoided. */
    private JobId drawId() {
        JobId id = JobId.random();
        for (int drawn = 1; drawn < MOST_IDS && !breakers.events(id).mayPass(); drawn++) {
            id = JobId.random();
        }
        return id;
    }
}
