package holt.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import holt.system.rig.Cluster;
import holt.system.rig.check.Invariants;
import holt.system.rig.http.Chat;
import holt.system.rig.time.Await;
import holt.system.rig.time.Pause;
import holt.system.rig.time.Stopwatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** F7: the network between the broker and one process breaks, or swallows all packets. */
@Tag("faults")
@Timeout(120)
class NetworkCutIT {
    private static final Duration LOCK = Duration.ofSeconds(3);

    @TempDir Path directory;

    @Test
    @DisplayName(
            "R28: clients of an instance that missed the replies get their outcomes from the events")
    void clientsOfAnApiThatWasCutOffAreAnsweredOldAndNew() {
        try (var cluster = new Cluster(directory);
                var chat = new Chat()) {
            // Given
            Cluster.Api api = cluster.apiBehindProxy("HOLT_JOBS_CONFIRM_WITHIN=1500ms");
            cluster.worker(8);
            List<CompletableFuture<Chat.Answer>> waiting =
                    IntStream.range(0, 8)
                            .mapToObj(i -> chat.askLater(api.url(), "nonce=w" + i + " sleep=3000"))
                            .toList();
            Await.until(() -> cluster.runs().size() == 8);

            // When the workers end the jobs while the API is cut off
            cluster.brokerNetwork().cut();
            Pause away = Pause.of(Duration.ofSeconds(6));
            var late = new ArrayList<CompletableFuture<Chat.Answer>>();
            while (!away.isOver()) {
                late.add(chat.askLater(api.url(), "nonce=late" + late.size()));
                Pause.of(Duration.ofMillis(250)).await();
            }
            assertThat(late).noneMatch(CompletableFuture::isDone);
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            cluster.brokerNetwork().pass();
            var back = Stopwatch.start();

            // Then
            assertThat(late.stream().map(answer -> answer.join().status())).containsOnly(200);
            assertThat(waiting.stream().map(answer -> answer.join().status())).containsOnly(200);
            Stopwatch.print("F7 API cut off: answered after the return", back.elapsed());
            assertThat(back.elapsed()).isLessThan(Duration.ofSeconds(10));
            Await.until(() -> chat.ask(api.url(), "nonce=after").status() == 200);
            assertThat(new Invariants(cluster, chat).check().ranAgain()).isZero();
        }
    }

    @Test
    void theJobOfAWorkerThatIsCutOffRunsElsewhere() {
        runsElsewhere("cut", cluster -> cluster.brokerNetwork().cut());
    }

    @Test
    void theJobOfAWorkerWhoseNetworkSwallowsAllPacketsRunsElsewhere() {
        runsElsewhere("swallowed", cluster -> cluster.brokerNetwork().pause());
    }

    private void runsElsewhere(String how, Consumer<Cluster> fault) {
        try (var cluster = new Cluster(directory);
                var chat = new Chat()) {
            // Given a job on a worker behind the network
            Cluster.Api api = cluster.api();
            cluster.workerBehindProxy(4);
            CompletableFuture<Chat.Answer> answer =
                    chat.askLater(api.url(), "nonce=job do=hang times=1");
            Await.until(() -> cluster.starts("job").size() == 1);
            cluster.worker(4);

            // When
            var broke = Stopwatch.start();
            fault.accept(cluster);

            // Then
            Await.until(() -> cluster.starts("job").size() == 2);
            Stopwatch.print("F7 worker " + how + ": job runs elsewhere after", broke.elapsed());
            assertThat(broke.elapsed()).isLessThan(LOCK.plusSeconds(5));
            assertThat(answer.join().status()).isEqualTo(200);
            cluster.brokerNetwork().pass();
            new Invariants(cluster, chat).check();
            assertThat(cluster.starts("job")).hasSize(2);
        }
    }
}
