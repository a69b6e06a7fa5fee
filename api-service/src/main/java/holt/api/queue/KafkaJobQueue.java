package holt.api.queue;

import holt.api.queue.placement.PlaceJobs;
import holt.api.queue.placement.WatchBroker;
import holt.api.queue.waiting.ReplyListener;
import holt.api.queue.waiting.WaitingClient;
import holt.protocol.Job;
import holt.protocol.JobId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The queue on Kafka. It registers the client, and gives the job to placement, which sends it now or when its turn comes. */
final class KafkaJobQueue implements JobQueue {
    private final WatchBroker broker;
    private final PlaceJobs place;
    private final MakeJobs make;
    private final RegisterClients clients;
    private final KeyedJobs keyed;
    private final Duration longestDeadline;

    /** @param longestDeadline how long the broker keeps jobs */
    KafkaJobQueue(
            WatchBroker broker,
            PlaceJobs place,
            MakeJobs make,
            RegisterClients clients,
            KeyedJobs keyed,
            Duration longestDeadline) {
        this.broker = broker;
        this.place = place;
        this.make = make;
        this.clients = clients;
        this.keyed = keyed;
        this.longestDeadline = longestDeadline;
    }

    @Override
    public Ticket submit(NewJob wanted, @Nullable ReplyListener listener) {
        NewJob request = wanted.within(longestDeadline);
        broker.requireQueue(request.model().name());
        return request.key() == null
                ? begin(request, listener)
                : keyed.submit(request.key(), request, listener);
    }

    private Ticket begin(NewJob request, @Nullable ReplyListener listener) {
        Job job = make.make(JobId.random(), request);
        WaitingClient client = clients.register(job.id(), request, listener, false);
        CompletableFuture<Void> accepted;
        if (request.outlives()) {
            accepted = place.addNow(job);
        } else {
            place.add(job);
            accepted = CompletableFuture.completedFuture(null);
        }
        return clients.ticket(job.id(), request, client, accepted);
    }
}
