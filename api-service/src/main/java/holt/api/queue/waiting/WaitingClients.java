package holt.api.queue.waiting;

import holt.api.RequestRejectedException;
import holt.kafka.ReplyHeaders;
import holt.protocol.Failure;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The clients of this instance whose jobs have not ended, by job; bounded. A job may have several: those that came later with its key read
 * along from the log alone. Whoever takes a client out answers it.
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
     * Comes before the job is published, so that no reply can be too early.
     *
     * @throws RequestRejectedException {@code RATE_LIMIT_EXCEEDED} if too many wait already
     */
    public void register(JobId job, WaitingClient client) {
        if (count.getAndUpdate(waiting -> Math.min(waiting + 1, most)) == most) {
            throw new RequestRejectedException(
                    Failure.RATE_LIMIT_EXCEEDED,
                    "too many requests are waiting for their answers; try again later",
                    null,
                    Duration.ofSeconds(5));
        }
        clients.merge(
                job,
                List.of(client),
                (before, added) -> Stream.concat(before.stream(), added.stream()).toList());
    }

    /** What became of the reply with the client that it is for. */
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

    /** @return false if nobody waits for that job, or all have had their last word */
    public boolean end(JobId job, Outcome outcome) {
        List<WaitingClient> waiting = clients.remove(job);
        if (waiting == null) {
            return false;
        }
        count.addAndGet(-waiting.size());
        boolean told = false;
        for (WaitingClient client : waiting) {
            client.release();
            told |= client.end(outcome);
        }
        return told;
    }

    /** @return false if that client was not waiting any more */
    public boolean end(JobId job, WaitingClient client, Outcome outcome) {
        return remove(job, client) && client.end(outcome);
    }

    /**
     * The client is told nothing more.
     *
     * @return false if it was not waiting any more
     */
    public boolean abandon(JobId job, WaitingClient client) {
        client.abandon();
        return remove(job, client);
    }

    public boolean contains(JobId job) {
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
            client.release();
        }
        return removed[0];
    }
}
