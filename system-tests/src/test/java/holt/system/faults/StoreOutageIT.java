package holt.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.JobId;
import holt.protocol.Outcome;
import holt.system.rig.ChildJvm;
import holt.system.rig.Cluster;
import holt.system.rig.check.Invariants;
import holt.system.rig.http.Chat;
import holt.system.rig.time.Await;
import holt.system.rig.time.Stopwatch;
import holt.system.rig.topics.JobEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** F8, F9, F10: the object store is down or slow. */
@Tag("faults")
@Timeout(120)
class StoreOutageIT {
    /** An answer of about 150 KB, which must go through the store. */
    private static final String LARGE = " words=12000";

    @TempDir static Path directory;

    private static Cluster cluster;
    private static Cluster.Api api;
    private static Chat chat;

    @BeforeAll
    static void start() {
        cluster = new Cluster(directory);
        api = cluster.api();
        cluster.worker(2);
        chat = new Chat();
    }

    @AfterAll
    static void stop() {
        chat.close();
        cluster.close();
    }

    @AfterEach
    void checkInvariants() {
        cluster.storeNetwork().pass();
        new Invariants(cluster, chat).check();
    }

    @Test
    void aLargeResultWaitsForTheStoreWithoutAnotherRun() {
        // Given
        cluster.storeNetwork().cut();
        CompletableFuture<Chat.Answer> answer = chat.askLater(api.url(), "nonce=waits" + LARGE);
        Await.until(() -> ended("waits"));

        // When
        assertThat(answer).isNotDone();
        cluster.storeNetwork().pass();
        var back = Stopwatch.start();

        // Then
        assertThat(answer.join().status()).isEqualTo(200);
        Stopwatch.print("F8 answer after the store's return", back.elapsed());
        assertThat(back.elapsed()).isLessThan(Duration.ofSeconds(10));
        assertThat(cluster.starts("waits")).hasSize(1);
    }

    @Test
    void aStoreThatStaysDownFailsTheJobAtItsDeadline() {
        // Given
        Cluster.Api hasty = cluster.api("HOLT_API_CHAT_DEADLINE=4s");
        cluster.storeNetwork().cut();

        // When
        var asked = Stopwatch.start();
        Chat.Answer answer = chat.ask(hasty.url(), "nonce=never" + LARGE);

        // Then
        Stopwatch.print("F8 deadline 4 s, answered after", asked.elapsed());
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo(2023);
        assertThat(cluster.starts("never")).hasSize(1);
        Await.until(() -> JobEvents.read(cluster.clients()).finished(new JobId(answer.jobId())));
        assertThat(JobEvents.read(cluster.clients()).outcome(new JobId(answer.jobId())))
                .isInstanceOf(Outcome.Failed.class);
        hasty.process().kill();
    }

    @Test
    void aWorkerThatWaitsForTheStoreEndsAfterItsGraceAndAnotherAnswers() {
        // Given a new worker that holds the only large result
        cluster.processes().stream()
                .filter(process -> process != api.process())
                .forEach(StoreOutageIT::drain);
        ChildJvm leaving = cluster.worker(2, "GRACE=PT1S");
        cluster.storeNetwork().cut();
        CompletableFuture<Chat.Answer> answer = chat.askLater(api.url(), "nonce=moves" + LARGE);
        Await.until(() -> ended("moves"));

        // When
        cluster.worker(2);
        var signalled = Stopwatch.start();
        drain(leaving);

        // Then
        Stopwatch.print("F8 worker ended after SIGTERM with a grace of 1 s", signalled.elapsed());
        assertThat(signalled.elapsed())
                .as("its grace, not the default of 20 s")
                .isLessThan(Duration.ofSeconds(15));
        cluster.storeNetwork().pass();
        assertThat(answer.join().status()).isEqualTo(200);
        assertThat(cluster.starts("moves")).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void aSlowStoreDelaysOnlyJobsThatUseIt() {
        // Given a store that takes five seconds a call
        cluster.storeNetwork().delay(Duration.ofMillis(2500));
        var asked = Stopwatch.start();
        CompletableFuture<Chat.Answer> large = chat.askLater(api.url(), "nonce=slow" + LARGE);
        Await.until(() -> ended("slow"));

        // When
        Chat.Answer small = chat.ask(api.url(), "nonce=quick");

        // Then
        assertThat(small.status()).isEqualTo(200);
        assertThat(large).isNotDone();
        assertThat(large.join().status()).isEqualTo(200);
        Stopwatch.print("F9 large answer with a store of 5 s a call", asked.elapsed());
        assertThat(asked.elapsed()).isGreaterThan(Duration.ofSeconds(5));
        assertThat(cluster.starts("slow")).hasSize(1);
    }

    @Test
    void aLargeRequestIsRefusedBeforeItIsQueued() {
        // Given
        int accepted = JobEvents.read(cluster.clients()).accepted();
        cluster.storeNetwork().cut();

        // When
        Chat.Answer answer = chat.ask(api.url(), "nonce=big " + "x".repeat(100_000));

        // Then
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo(2023);
        assertThat(answer.hasRetryAfter()).isTrue();
        assertThat(JobEvents.read(cluster.clients()).accepted()).isEqualTo(accepted);
        assertThat(cluster.starts("big")).isEmpty();
    }

    private static boolean ended(String nonce) {
        return cluster.runs().stream()
                .anyMatch(run -> run.what().equals("end") && run.nonce().equals(nonce));
    }

    private static void drain(ChildJvm worker) {
        worker.signal("TERM");
        assertThat(worker.awaitExit()).isZero();
    }
}
