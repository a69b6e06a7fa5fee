package holt.api.jobs;

import holt.api.RequestRejectedException;
import holt.kafka.ReplyHeaders;
import holt.protocol.Failure;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The clients of this instance whose jobs have not ended, by job; bounded. Whoever takes an entry out answers the client. */
final class WaitingClients {
    private final ConcurrentHashMap<JobId, WaitingClient> clients = new ConcurrentHashMap<>();
    private final AtomicInteger places;

    /** @param most how many may wait at once */
    WaitingClients(int most) {
        places = new AtomicInteger(most);
    }

    /**
     * Comes before the job is published, so that no reply can be too early.
     *
     * @throws RequestRejectedException {@code RATE_LIMIT_EXCEEDED} if too many wait already
     */
    void register(JobId job, WaitingClient client) {
        if (places.getAndUpdate(free -> free > 0 ? free - 1 : 0) == 0) {
            throw new RequestRejectedException(
                    Failure.RATE_LIMIT_EXCEEDED,
                    "too many requests are waiting for their answers; try again later",
                    null,
                    Duration.ofSeconds(5));
        }
        clients.put(job, client);
    }

    WaitingClient.Delivery deliver(ReplyHeaders headers, Reply reply) {
        WaitingClient client = clients.get(headers.job());
        if (client == null) {
            return WaitingClient.Delivery.ENDED;
        }
        WaitingClient.Delivery delivery = client.deliver(headers, reply);
        if (delivery == WaitingClient.Delivery.ENDED) {
            remove(headers.job());
        }
        return delivery;
    }

    /** @return false if nobody waits for that job, or the client has had its last word */
    boolean end(JobId job, Outcome outcome) {
        WaitingClient client = remove(job);
        return client != null && client.end(outcome);
    }

    /** @return who waited for that job, and is told nothing more */
    @Nullable WaitingClient abandon(JobId job) {
        WaitingClient client = remove(job);
        if (client != null) {
            client.abandon();
        }
        return client;
    }

    boolean contains(JobId job) {
        return clients.containsKey(job);
    }

    int count() {
        return clients.size();
    }

    private @Nullable WaitingClient remove(JobId job) {
        WaitingClient client = clients.remove(job);
        if (client != null) {
            places.incrementAndGet();
            client.release();
        }
        return client;
    }
}
