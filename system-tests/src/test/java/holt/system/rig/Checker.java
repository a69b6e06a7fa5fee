package holt.system.rig;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.JobId;
import holt.protocol.Outcome;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The invariants, checked when all is quiet, on what clients were told, what engines did, and what the topics hold:
 *
 * <ul>
 *   <li>I1 each accepted request ends in exactly one HTTP outcome;
 *   <li>I2 each accepted job reaches a terminal state, the one that its client was told;
 *   <li>I3 no more runs than attempts, and one for each crash of the broker;
 *   <li>I4 nothing waits or runs any more: accepted = terminal;
 *   <li>I5 no answer holds another job's text.
 * </ul>
 */
public final class Checker {
    private static final int LONGEST_WAIT_SECONDS = 200;

    private final Cluster cluster;
    private final Chat chat;

    public Checker(Cluster cluster, Chat chat) {
        this.cluster = cluster;
        this.chat = chat;
    }

    /** What the test did that excuses something. */
    public record Excuses(int brokerCrashes, int apiInstancesKilled) {
        public static final Excuses NONE = new Excuses(0, 0);

        /** A broker that crashes forgets how often a job was delivered. */
        public static Excuses brokerCrashes(int crashes) {
            return new Excuses(crashes, 0);
        }
    }

    /** What the soak prints. */
    public record Figures(int asked, int answered, int accepted, int ranAgain, int laterOutcomes) {}

    public Figures check() {
        return check(Excuses.NONE);
    }

    public Figures check(Excuses excuses) {
        List<ClientLog.Heard> heard = heard(chat.log().calls());
        List<ClientLog.Told> told = heard.stream().map(ClientLog.Heard::told).toList();
        eachRequestHasOneOutcome(told, excuses);
        assertThat(heard).as("I5, I1: answers").allMatch(ClientLog.Heard::own);
        Ledger ledger = quiet();
        assertThat(ledger.unfinished()).as("I2: jobs without an end").isEmpty();
        clientsAndLedgerAgree(told, ledger);
        Map<String, Long> runs = runs(excuses);
        return new Figures(
                heard.size(),
                (int) told.stream().filter(it -> it.status() > 0).count(),
                ledger.accepted(),
                (int) runs.values().stream().filter(count -> count > 1).count(),
                ledger.laterOutcomes());
    }

    private static List<ClientLog.Heard> heard(List<CompletableFuture<ClientLog.Heard>> calls) {
        CompletableFuture<?> all =
                CompletableFuture.allOf(calls.toArray(CompletableFuture<?>[]::new));
        try {
            all.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("I1: a client waits for ever", e);
        }
        return calls.stream().map(CompletableFuture::join).toList();
    }

    private static void eachRequestHasOneOutcome(List<ClientLog.Told> told, Excuses excuses) {
        List<ClientLog.Told> unexplained =
                told.stream()
                        .filter(it -> !it.refusedConnection())
                        .filter(it -> !it.wentWell() && it.code() == 0)
                        .toList();
        if (excuses.apiInstancesKilled == 0) {
            assertThat(unexplained).as("I1: requests without an outcome").isEmpty();
        }
        var jobs = new HashSet<String>();
        assertThat(told.stream().map(ClientLog.Told::job).filter(job -> job != null))
                .as("I1: jobs with two clients")
                .allMatch(jobs::add);
    }

    /** I4: what was accepted has ended, and what a client left, too. */
    private Ledger quiet() {
        for (Cluster.Api api : cluster.apis()) {
            Await.until(() -> chat.metric(api, "holt_clients_waiting") == 0);
        }
        var ledger = new AtomicReference<Ledger>();
        Await.until(() -> {
            ledger.set(Ledger.read(cluster.clients()));
            return ledger.get().unfinished().isEmpty() && Queues.waiting(cluster.clients()) == 0;
        });
        return ledger.get();
    }

    private static void clientsAndLedgerAgree(List<ClientLog.Told> told, Ledger ledger) {
        for (ClientLog.Told it : told) {
            if (it.wentWell()) {
                assertThat(ledger.outcome(new JobId(String.valueOf(it.job()))))
                        .as("I2: the outcome of a job whose client was answered")
                        .isInstanceOfAny(Outcome.ChatCompleted.class, Outcome.Stored.class);
            }
        }
    }

    private Map<String, Long> runs(Excuses excuses) {
        Map<String, Long> runs =
                cluster.runs().stream()
                        .filter(RunLog.Run::isStart)
                        .map(RunLog.Run::nonce)
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(runs.values())
                .as("I3: runs of one job")
                .allMatch(count -> count <= Cluster.ATTEMPTS + excuses.brokerCrashes);
        return runs;
    }
}
