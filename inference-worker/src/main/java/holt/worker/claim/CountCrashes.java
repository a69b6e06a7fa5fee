package holt.worker.claim;

import holt.kafka.FollowTopic;
import holt.kafka.KafkaClients;
import holt.kafka.Topics;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells how many workers a job has really ended. The record's delivery count is an upper bound: when a process dies, its idle slots' pending
 * fetches take the job of the busy one, until the broker has noticed for each connection that it is gone. So where many deliveries make a job
 * suspicious, the events are asked how often it was started.
 */
public final class CountCrashes {
    /** Up to here the deliveries alone are believed: even if each was a run, the job may be run once more. */
    private static final int BELIEVED = 2;

    private final KafkaClients clients;

    public CountCrashes(KafkaClients clients) {
        this.clients = clients;
    }

    /** @return runs of the present attempt that came to no end, at most */
    CompletableFuture<Integer> before(Job job, int deliveries) {
        return deliveries <= BELIEVED
                ? CompletableFuture.completedFuture(deliveries - 1)
                : CompletableFuture.supplyAsync(
                        () -> Math.min(deliveries - 1, starts(job)), Thread::startVirtualThread);
    }

    private int starts(Job job) {
        Instant attemptSince =
                job.failedRuns().isEmpty() ? job.created() : job.failedRuns().getLast().at();
        Set<Integer> runs = ConcurrentHashMap.newKeySet();
        try (var _ =
                FollowTopic.messages(
                                clients,
                                Topics.EVENTS,
                                new FollowTopic.From.Since(attemptSince, Long.MAX_VALUE),
                                JobEvent.class,
                                (event, _) -> {
                                    if (event instanceof JobEvent.Started started
                                            && event.job().equals(job.id())
                                            && started.run() >= job.attempt()) {
                                        runs.add(started.run());
                                    }
                                })
                        .awaitCaughtUp()) {
            // A first run that ends its worker at once has told nobody that it began.
            runs.add(job.attempt());
            return runs.size();
        }
    }
}
