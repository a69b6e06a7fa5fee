package holt.system.rig.check;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.JobId;
import holt.protocol.Outcome;
import holt.system.rig.Cluster;
import holt.system.rig.http.Chat;
import holt.system.rig.http.ClientLog;
import holt.system.rig.script.RunLog;
import holt.system.rig.time.Await;
import holt.system.rig.topics.JobEvents;
import holt.system.rig.topics.Queues;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Checks the invariants of {@code docs/faults.md} once nothing runs any more, on the clients' log, the run log and the topics:
 *
 * <ul>
 *   <li>I1 each accepted request ends in exactly one HTTP outcome;
 *   <li>I2 each accepted job reaches a terminal state, the one that its client was told;
 *   <li>I3 a job runs no more often than it has attempts, plus once for each crash of the broker;
 *   <li>I4 no job waits or runs any more: accepted = terminal;
 *   <li>I5 no answer holds another job's text.
 * </ul>
 */
public final class Invariants {
    private static final int LONGEST_WAIT_SECONDS = 200;

    private final Cluster cluster;
    private final Chat chat;

    public Invariants(Cluster cluster, Chat chat) {
        this.cluster = cluster;
        this.chat = chat;
    }

    /** What the test broke: a crashed broker allows further runs, a killed API instance allows requests without an outcome. */
    public record Broken(int brokerCrashes, int apiInstancesKilled) {
        public static final Broken NOTHING = new Broken(0, 0);

        /** A broker that crashes forgets how often it has delivered a job. */
        public static Broken brokerCrashes(int crashes) {
            return new Broken(crashes, 0);
        }
    }

    /** Counts for the reader of the test's output. */
    public record Figures(int sent, int answered, int accepted, int ranAgain, int laterOutcomes) {}

    public Figures check() {
        return check(Broken.NOTHING);
    }

    public Figures check(Broken broken) {
        List<ClientLog.Call> calls = ended(chat.log().calls());
        List<ClientLog.Result> results = calls.stream().map(ClientLog.Call::result).toList();
        eachRequestHasOneOutcome(results, broken);
        assertThat(calls).as("I5, I1: answers").allMatch(ClientLog.Call::right);
        JobEvents events = quiet();
        assertThat(events.unfinished()).as("I2: jobs without an end").isEmpty();
        resultsMatchOutcomes(results, events);
        Map<String, Long> runs = runs(broken);
        return new Figures(
                calls.size(),
                (int) results.stream().filter(it -> it.status() > 0).count(),
                events.accepted(),
                (int) runs.values().stream().filter(count -> count > 1).count(),
                events.laterOutcomes());
    }

    private static List<ClientLog.Call> ended(List<CompletableFuture<ClientLog.Call>> calls) {
        CompletableFuture<?> all =
                CompletableFuture.allOf(calls.toArray(CompletableFuture<?>[]::new));
        try {
            all.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("I1: a client still waits", e);
        }
        return calls.stream().map(CompletableFuture::join).toList();
    }

    private static void eachRequestHasOneOutcome(List<ClientLog.Result> results, Broken broken) {
        List<ClientLog.Result> unexplained =
                results.stream()
                        .filter(it -> !it.refusedConnection())
                        .filter(it -> !it.succeeded() && it.code() == 0)
                        .toList();
        if (broken.apiInstancesKilled == 0) {
            assertThat(unexplained).as("I1: requests without an outcome").isEmpty();
        }
        var jobs = new HashSet<String>();
        assertThat(results.stream().map(ClientLog.Result::job).filter(job -> job != null))
                .as("I1: jobs with two clients")
                .allMatch(jobs::add);
    }

    /** I4: each accepted job has ended, also those whose clients left. */
    private JobEvents quiet() {
        for (Cluster.Api api : cluster.apis()) {
            Await.until(() -> chat.metric(api.management(), "holt_clients_waiting") == 0);
        }
        var events = new AtomicReference<JobEvents>();
        Await.until(() -> {
            events.set(JobEvents.read(cluster.clients()));
            return events.get().unfinished().isEmpty() && Queues.allHold(cluster.clients(), 0);
        });
        return events.get();
    }

    private static void resultsMatchOutcomes(List<ClientLog.Result> results, JobEvents events) {
        for (ClientLog.Result it : results) {
            if (it.succeeded()) {
                assertThat(events.outcome(new JobId(String.valueOf(it.job()))))
                        .as("I2: the outcome of a job whose client was answered")
                        .isInstanceOfAny(Outcome.ChatCompleted.class, Outcome.Stored.class);
            }
        }
    }

    private Map<String, Long> runs(Broken broken) {
        Map<String, Long> runs =
                cluster.runs().stream()
                        .filter(RunLog.Run::isStart)
                        .map(RunLog.Run::nonce)
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(runs.values())
                .as("I3: runs of one job")
                .allMatch(count -> count <= Cluster.ATTEMPTS + broken.brokerCrashes);
        return runs;
    }
}
