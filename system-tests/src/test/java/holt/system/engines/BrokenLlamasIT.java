package holt.system.engines;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.ModelName;
import holt.system.rig.ChildJvm;
import holt.system.rig.Cluster;
import holt.system.rig.LlamaServer;
import holt.system.rig.http.Chat;
import holt.system.rig.http.ClientLog;
import holt.system.rig.time.Await;
import holt.system.rig.time.Pause;
import holt.system.rig.time.Stopwatch;
import holt.system.rig.topics.JobEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two workers, each with a llama.cpp server, while servers and a worker break. */
@Tag("alone")
@Tag("faults")
@Timeout(300)
class BrokenLlamasIT {
    private static final int CLIENTS = 200;
    private static final int SLOTS = 4;
    private static final int TOKENS = 200;
    private static final Duration PAUSED = Duration.ofSeconds(20);

    /** The code of a stream that could not go on. */
    private static final int WORKER_FAILED = 2015;

    @TempDir Path directory;

    private Cluster cluster;
    private int homes;

    @BeforeAll
    static void require() {
        LlamaServer.require();
    }

    @Test
    void allGetAnAnswerAndNothingRunsForNobody() throws IOException {
        Path model = LlamaServer.model(directory);
        try (var first = LlamaServer.start(model, SLOTS);
                var second = LlamaServer.start(model, SLOTS);
                var started = new Cluster(directory.resolve("cluster"));
                var chat = new Chat()) {
            // Given
            cluster = started;
            Cluster.Api api = cluster.api();
            worker(first);
            ChildJvm victim = worker(second);
            Await.until(() -> chat.lists(api.url(), new ModelName(LlamaServer.MODEL)));

            // When
            List<CompletableFuture<ClientLog.Result>> all =
                    IntStream.range(0, CLIENTS)
                            .mapToObj(i -> chat.post(api.url(), LlamaChat.of(TOKENS, isStream(i))))
                            .toList();
            awaitDone(all, CLIENTS / 10);
            first.kill();
            awaitDone(all, CLIENTS / 5);
            first.restart();
            awaitDone(all, CLIENTS * 2 / 5);
            victim.kill();
            awaitDone(all, CLIENTS / 2);
            worker(second);
            awaitDone(all, CLIENTS * 3 / 5);
            first.signal("STOP");
            Pause.of(PAUSED).await();
            first.signal("CONT");
            awaitDone(all, CLIENTS);

            // Then
            for (int i = 0; i < CLIENTS; i++) {
                ClientLog.Result result = all.get(i).join();
                boolean broke = isStream(i) && result.code() == WORKER_FAILED;
                assertThat(result.succeeded() || broke).as("%s", result).isTrue();
            }
            long broken = all.stream().filter(each -> !each.join().succeeded()).count();
            Await.until(Duration.ofSeconds(1), () -> first.busy() == 0 && second.busy() == 0);
            JobEvents events = JobEvents.read(cluster.clients());
            Stopwatch.print("streams that ended with 2015", broken);
            Stopwatch.print("jobs with more than one run", events.startedTwice());
            assertThat(events.unfinished()).isEmpty();
            assertThat(events.laterOutcomes()).isZero();
        }
    }

    private ChildJvm worker(LlamaServer engine) throws IOException {
        Path home = Files.createDirectories(directory.resolve("home" + homes++));
        return cluster.realWorker(home, "HOLT_WORKER_ENGINES_0_URL=" + engine.url());
    }

    private static boolean isStream(int request) {
        return request % 2 == 0;
    }

    private static void awaitDone(List<CompletableFuture<ClientLog.Result>> answers, int count) {
        Await.until(
                Duration.ofMinutes(2),
                () -> answers.stream().filter(CompletableFuture::isDone).count() >= count);
    }
}
