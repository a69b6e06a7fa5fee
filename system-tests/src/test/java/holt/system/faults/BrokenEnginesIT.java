package holt.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Failure;
import holt.system.rig.ChildJvm;
import holt.system.rig.Cluster;
import holt.system.rig.check.Invariants;
import holt.system.rig.http.Chat;
import holt.system.rig.time.Await;
import holt.system.rig.time.Stopwatch;
import holt.system.rig.topics.DeadLetters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** F3, F4, F5, F15: an engine is stuck, lacks memory, loses its device, or ends its process. */
@Tag("faults")
@Timeout(120)
class BrokenEnginesIT {
    private static final int SLOTS = 4;

    @TempDir static Path directory;

    private static Cluster cluster;
    private static Cluster.Api api;
    private static Chat chat;

    @BeforeAll
    static void start() {
        cluster = new Cluster(directory);
        api = cluster.api("HOLT_API_CHAT_DEADLINE=40s");
        chat = new Chat();
    }

    @AfterAll
    static void stop() {
        chat.close();
        cluster.close();
    }

    @BeforeEach
    void startTwoWorkers() {
        while (cluster.processes().size() < 1 + 2) {
            cluster.worker(SLOTS, "STUCK_AFTER=PT2S");
        }
    }

    @AfterEach
    void checkInvariants() {
        new Invariants(cluster, chat).check();
    }

    @Test
    void aWorkerWithAStuckEngineEndsAndItsJobRunsElsewhere() {
        // When
        var asked = Stopwatch.start();
        CompletableFuture<Chat.Answer> answer =
                chat.askLater(api.url(), "nonce=stuck do=stuck times=1");
        Await.until(() -> cluster.starts("stuck").size() == 1);
        ChildJvm stuck = cluster.firstToStart("stuck");

        // Then
        assertThat(stuck.awaitExit()).isEqualTo(70);
        assertThat(answer.join().status()).isEqualTo(200);
        Stopwatch.print("F3 stuck after 2 s, answered elsewhere after", asked.elapsed());
        assertThat(asked.elapsed()).isLessThan(Duration.ofSeconds(20));
        assertThat(cluster.starts("stuck")).hasSize(2);
    }

    @Test
    @DisplayName("R66: a worker retries a job that lacked memory")
    void aJobThatLackedMemoryIsRetriedAndAnswered() {
        var asked = Stopwatch.start();
        Chat.Answer answer = chat.ask(api.url(), "nonce=tight do=oom times=1");

        assertThat(answer.status()).isEqualTo(200);
        Stopwatch.print("F4 answered at the second try after", asked.elapsed());
        assertThat(cluster.starts("tight")).hasSize(2);
    }

    @Test
    void aJobThatAlwaysLacksMemoryFailsAndOthersAreAnswered() {
        CompletableFuture<Chat.Answer> culprit = chat.askLater(api.url(), "nonce=fat do=oom");
        List<CompletableFuture<Chat.Answer>> small = ask("small", "sleep=100");

        assertThat(small.stream().map(answer -> answer.join().status())).containsOnly(200);
        assertThat(culprit.join().status()).isEqualTo(500);
        assertThat(culprit.join().code()).isEqualTo(2024);
        assertThat(cluster.starts("fat")).hasSize(3);
        assertThat(DeadLetters.of(cluster.clients(), culprit.join().jobId()))
                .singleElement()
                .matches(letter -> letter.reason() == Failure.INSUFFICIENT_MEMORY);
    }

    @Test
    void aWorkerWithABrokenDeviceEndsAndAnotherAnswers() {
        // When
        var asked = Stopwatch.start();
        CompletableFuture<Chat.Answer> answer =
                chat.askLater(api.url(), "nonce=device do=broken times=1");
        Await.until(() -> !cluster.starts("device").isEmpty());
        ChildJvm broken = cluster.firstToStart("device");

        // Then
        assertThat(broken.awaitExit()).isEqualTo(71);
        assertThat(answer.join().status()).isEqualTo(200);
        Stopwatch.print("F5 answered elsewhere after", asked.elapsed());
        assertThat(cluster.starts("device")).hasSize(2);
    }

    @Test
    @DisplayName("R55: a job that ended three workers is given up, and others are answered")
    void aJobThatEndsItsWorkersIsGivenUpAndOthersAreAnswered() {
        // Given one worker more than the job may end
        cluster.worker(SLOTS);
        cluster.worker(SLOTS);
        List<CompletableFuture<Chat.Answer>> others = ask("other", "sleep=500");

        // When
        var asked = Stopwatch.start();
        Chat.Answer poison = chat.ask(api.url(), "nonce=poison do=halt");

        // Then
        Stopwatch.print("F15 given up after", asked.elapsed());
        assertThat(poison.status()).isEqualTo(502);
        assertThat(poison.code()).isEqualTo(2015);
        assertThat(cluster.starts("poison")).hasSize(3);
        assertThat(DeadLetters.of(cluster.clients(), poison.jobId())).hasSize(1);
        assertThat(others.stream().map(answer -> answer.join().status())).containsOnly(200);
        assertThat(chat.ask(api.url(), "nonce=later").status()).isEqualTo(200);
    }

    private static List<CompletableFuture<Chat.Answer>> ask(String nonce, String script) {
        return IntStream.range(0, 10)
                .mapToObj(i -> chat.askLater(api.url(), "nonce=" + nonce + i + " " + script))
                .toList();
    }
}
