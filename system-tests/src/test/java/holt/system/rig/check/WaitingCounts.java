package holt.system.rig.check;

import static org.assertj.core.api.Assertions.assertThat;

import holt.system.rig.ChildJvm;
import holt.system.rig.Cluster;
import holt.system.rig.http.Jobs;
import holt.system.rig.time.Await;
import holt.system.rig.topics.Queues;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Checks that brokers and API instances agree on how many jobs wait. It drains all workers, lets a few jobs wait, and starts a worker for
 * them. A queue that went back holds more jobs than the index knows of.
 */
public final class WaitingCounts {
    private static final int JOBS = 3;

    private final Cluster cluster;

    /** @param cluster in which no job waits or runs, with one model, and with slots for the few jobs on each API instance (R41) */
    public WaitingCounts(Cluster cluster) {
        this.cluster = cluster;
    }

    public void check() {
        drain();
        try (var jobs = new Jobs()) {
            var api = cluster.apis().getFirst();
            List<String> waiting =
                    IntStream.range(0, JOBS)
                            .mapToObj(i ->
                                    jobs.ask(
                                                    api.url(),
                                                    "nonce=waiting" + i,
                                                    "Prefer",
                                                    "respond-async")
                                            .join()
                                            .jobId())
                            .toList();
            Await.until(() -> Queues.allHold(cluster.clients(), JOBS));
            for (Cluster.Api it : cluster.apis()) {
                Await.until(() ->
                        waiting.stream()
                                .allMatch(job -> jobs.status(it.url(), job).equals("queued")));
                assertThat(waiting.stream().map(job -> position(jobs, it, job)))
                        .as("I4: the positions of the jobs that wait, by an index")
                        .containsExactlyInAnyOrder(1, 2, 3);
            }
            cluster.worker(JOBS);
            for (String job : waiting) {
                Await.until(() -> jobs.status(api.url(), job).equals("completed"));
            }
        }
        Await.until(() -> Queues.allHold(cluster.clients(), 0));
    }

    private void drain() {
        cluster.workers().forEach(worker -> worker.signal("TERM"));
        cluster.workers().forEach(ChildJvm::awaitExit);
    }

    private static int position(Jobs jobs, Cluster.Api api, String job) {
        return jobs.get(api.url(), job).body().path("position").asInt();
    }
}
