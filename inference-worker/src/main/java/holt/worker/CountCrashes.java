package holt.worker;

import holt.kafka.FollowTopic;
import holt.kafka.KafkaClients;
import holt.kafka.Topics;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells how many workers a job has really ended. The record's delivery count is an upper bound: when a process dies, its idle slots' pending
 * fetches take the job of the busy one, until the broker has noticed for each connection that it is gone. So where many deliveries make a job
 * suspicious, the events are asked how often it was started.
 */
final class CountCrashes {
    /** Up to here the deliveries alone are believed: even if each was a run, the job may be run once more. */
    private static final int BELIEVED = 2;

    private final KafkaClients clients;

    CountCrashes(KafkaClients clients) {
        this.clients = clients;
    }

    /** @return runs of the present attempt that came to no end, at most */
    CompletableFuture<Integer> before(Job job, int deliveries) {
        return deliveries <= BELIEVED
                ? CompletableFuture.completedFuture(deliveries - 1)
                : CompletableFuture.supplyAsync(
                        () -> Math.min(deliveries - 1, starts(job) - job.failedRuns().size()),
                        Thread::startVirtualThread);
    }

    private int starts(Job job) {
        var starts = new AtomicInteger();
        try (var _ =
                FollowTopic.messages(
                                clients,
                                Topics.EVENTS,
                                new FollowTopic.From.Since(job.created(), Long.MAX_VALUE),
                                JobEvent.class,
                                (event, _) -> {
                                    if (event instanceof JobEvent.Started
                                            && event.job().equals(job.id())) {
                                        starts.incrementAndGet();
                                    }
                                })
                        .awaitCaughtUp()) {
            return starts.get();
        }
    }
}
