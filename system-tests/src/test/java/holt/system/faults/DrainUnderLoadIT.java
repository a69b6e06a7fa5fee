package holt.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import holt.system.rig.ChildJvm;
import holt.system.rig.Cluster;
import holt.system.rig.check.Invariants;
import holt.system.rig.check.Load;
import holt.system.rig.http.Chat;
import holt.system.rig.http.ClientLog;
import holt.system.rig.time.Await;
import holt.system.rig.time.Stopwatch;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** F23, F24: processes get SIGTERM under load. */
@Tag("alone")
@Tag("faults")
@Timeout(240)
class DrainUnderLoadIT {
    private static final int CLIENTS = 12;
    private static final int SLOTS = 8;
    private static final int DRAINED = 20;

    @TempDir Path directory;

    @Test
    @DisplayName("R68: twenty workers that drain under load cost no answer and no extra run")
    void twentyWorkersThatDrainOneAfterTheOtherCostNoAnswerAndNoExtraRun() {
        try (var cluster = new Cluster(directory);
                var chat = new Chat()) {
            // Given
            cluster.api();
            var workers = new ArrayDeque<ChildJvm>(twice(() -> cluster.worker(SLOTS)));

            // When
            Load load = new Load(cluster, chat, CLIENTS, DrainUnderLoadIT::script);
            try (load) {
                // One worker starts while another drains.
                var coming = new ArrayDeque<>(List.of(start(cluster)));
                for (int i = 0; i < DRAINED; i++) {
                    int before = load.answered();
                    Await.until(() -> load.answered() > before);
                    if (i + 1 < DRAINED) {
                        coming.add(start(cluster));
                    }
                    ChildJvm leaving = workers.remove();
                    leaving.signal("TERM");
                    assertThat(leaving.awaitExit()).isZero();
                    workers.add(coming.remove().join());
                }
            }

            // Then
            assertThat(load.failures()).isEmpty();
            var figures = new Invariants(cluster, chat).check();
            Stopwatch.print("F23", figures);
            assertThat(figures.ranAgain()).isZero();
            assertThat(figures.laterOutcomes()).isZero();
        }
    }

    @Test
    void anApiThatStopsIsNotReadyAndAnswersTheRequestsItHasAndLateOnes() {
        try (var cluster = new Cluster(directory);
                var chat = new Chat()) {
            // Given
            Cluster.Api api = cluster.api("HOLT_API_LAME_DUCK=3s");
            cluster.worker(2 * SLOTS);
            List<CompletableFuture<ClientLog.Result>> taken =
                    IntStream.range(0, SLOTS)
                            .mapToObj(i ->
                                    chat.request(
                                            api.url(),
                                            "nonce=t" + i + " sleep=4000 stream=" + (i % 2 == 0)))
                            .toList();
            Await.until(() -> cluster.runs().size() == SLOTS);

            // When
            api.process().signal("TERM");
            var signalled = Stopwatch.start();

            // Then
            Await.until(() -> !chat.isReady(api.management()));
            Stopwatch.print("F24 not ready after", signalled.elapsed());
            Chat.Answer late = chat.ask(api.url(), "nonce=late");
            assertThat(late.text()).isEqualTo("late.0 ");
            assertThat(late.response().headers().firstValue("connection")).contains("close");
            assertThat(taken).noneMatch(CompletableFuture::isDone);
            assertThat(taken).allMatch(answer -> answer.join().succeeded());
            assertThat(api.process().awaitExit()).isZero();
            Stopwatch.print("F24 ended after", signalled.elapsed());
            new Invariants(cluster, chat).check();
        }
    }

    @Test
    void aRollingRestartOfEverythingShowsClientsNoError() {
        try (var cluster = new Cluster(directory);
                var chat = new Chat()) {
            // Given
            twice(cluster::api);
            twice(() -> cluster.worker(SLOTS));
            List<ChildJvm> old = cluster.processes();

            // When
            Load load = new Load(cluster, chat, CLIENTS, DrainUnderLoadIT::script);
            try (load) {
                var coming = startLike(old.getFirst(), cluster);
                for (int i = 0; i < old.size(); i++) {
                    coming.join();
                    if (i + 1 < old.size()) {
                        coming = startLike(old.get(i + 1), cluster);
                    }
                    old.get(i).signal("TERM");
                    assertThat(old.get(i).awaitExit()).isZero();
                }
            }

            // Then
            Stopwatch.print(
                    "F24 rolling restart: sent, answered", load.sent() + ", " + load.answered());
            assertThat(load.failures()).isEmpty();
            Stopwatch.print("F24 rolling restart", new Invariants(cluster, chat).check());
        }
    }

    private static CompletableFuture<ChildJvm> start(Cluster cluster) {
        return CompletableFuture.supplyAsync(() -> cluster.worker(SLOTS));
    }

    /** Starts another process of the same kind. */
    private static CompletableFuture<ChildJvm> startLike(ChildJvm process, Cluster cluster) {
        boolean isApi = cluster.apis().stream().anyMatch(api -> api.process() == process);
        return isApi
                ? CompletableFuture.supplyAsync(() -> cluster.api().process())
                : start(cluster);
    }

    /** Starts both at the same time. */
    private static <T> List<T> twice(Supplier<T> start) {
        List<CompletableFuture<T>> both =
                List.of(CompletableFuture.supplyAsync(start), CompletableFuture.supplyAsync(start));
        return both.stream().map(CompletableFuture::join).toList();
    }

    /**
     * Answers of 200 to 700 ms, one in three a stream. Workers thus have running jobs when they get SIGTERM, and the CPU is free for processes
     * that start.
     */
    private static String script(int number) {
        return "sleep=%d words=5 stream=%s".formatted(200 + number * 37 % 500, number % 3 == 0);
    }
}
