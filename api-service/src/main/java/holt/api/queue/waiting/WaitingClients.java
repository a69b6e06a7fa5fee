package holt.api.queue.waiting;

import holt.api.Refusal;
import holt.api.RequestRejectedException;
import holt.kafka.ReplyHeaders;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The clients of this instance whose jobs are open, by job; bounded. A job with a key may have several: later ones join it and get its
 * outcome alone. Who removes a client ends it.
 */
public final class WaitingClients {
    private final ConcurrentHashMap<JobId, List<WaitingClient>> clients = new ConcurrentHashMap<>();
    private final int most;
    private final AtomicInteger count = new AtomicInteger();

    /** @param most how many may wait at once */
    public WaitingClients(int most) {
        this.most = most;
    }

    /**
     * Comes before the job is published, so that no reply comes too early.
     *
     * @throws RequestRejectedException {@code RATE_LIMIT_EXCEEDED} if too many wait already
     */
    public void register(JobId job, WaitingClient client) {
        if (count.getAndUpdate(waiting -> Math.min(waiting + 1, most)) == most) {
            throw RequestRejectedException.limited(
                    Refusal.of(Refusal.Reason.QUEUE_FULL),
                    "too many requests wait for their answers at this instance; try again later",
                    Duration.ofSeconds(5));
        }
        clients.merge(
                job,
                List.of(client),
                (before, added) -> Stream.concat(before.stream(), added.stream()).toList());
    }

    /** Gives the reply to the client that reads the job's replies. */
    WaitingClient.Delivery deliver(ReplyHeaders headers, Reply reply) {
        for (WaitingClient client : clients.getOrDefault(headers.job(), List.of())) {
            if (client.readsReplies()) {
                WaitingClient.Delivery delivery = client.deliver(headers, reply);
                if (delivery == WaitingClient.Delivery.ENDED) {
                    remove(headers.job(), client);
                }
                return delivery;
            }
        }
        return WaitingClient.Delivery.ENDED;
    }

    /** Gives the outcome to all clients of the job. */
    public void end(JobId job, Outcome outcome) {
        List<WaitingClient> waiting = clients.remove(job);
        if (waiting != null) {
            count.addAndGet(-waiting.size());
            for (WaitingClient client : waiting) {
                client.cancelExpiry();
                client.end(outcome);
            }
        }
    }

    /** @return false if that client did not wait any more */
    public boolean end(JobId job, WaitingClient client, Outcome outcome) {
        return remove(job, client) && client.end(outcome);
    }

    /**
     * The client has gone and gets nothing more.
     *
     * @return false if it did not wait any more
     */
    public boolean abandon(JobId job, WaitingClient client) {
        client.abandon();
        return remove(job, client);
    }

    boolean contains(JobId job) {
        return clients.containsKey(job);
    }

    public int count() {
        return count.get();
    }

    private boolean remove(JobId job, WaitingClient client) {
        boolean[] removed = {false};
        clients.computeIfPresent(
                job,
                (_, waiting) -> {
                    List<WaitingClient> others =
                            waiting.stream().filter(other -> other != client).toList();
                    removed[0] = others.size() < waiting.size();
                    return others.isEmpty() ? null : others;
                });
        if (removed[0]) {
            count.decrementAndGet();
            client.cancelExpiry();
        }
        return removed[0];
    }
}
