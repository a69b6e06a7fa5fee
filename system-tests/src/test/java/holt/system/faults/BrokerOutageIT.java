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
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** F6, F25: the broker crashes and comes back. */
@Tag("faults")
@Timeout(180)
class BrokerOutageIT {
    private static final Duration AWAY = Duration.ofSeconds(10);
    private static final int CLIENTS = 200;

    /** The window of 16 slots. */
    private static final int ON_THEIR_WAY = 24;

    /** Until the API notices the outage by its heartbeats, new requests queue. */
    private static final Duration UNNOTICED = Duration.ofSeconds(8);

    @TempDir Path directory;

    @Test
    void waitingClientsAreAnsweredAfterACrashAndLaterOnesMustRetry() {
        try (var cluster = new Cluster(directory);
                var chat = new Chat()) {
            // Given clients that wait: in the API, in the queue, and for running jobs
            Cluster.Api api = cluster.api("HOLT_JOBS_CONFIRM_WITHIN=1500ms");
            cluster.worker(8);
            cluster.worker(8);
            Await.until(() -> chat.ask(api.url(), "nonce=warm").status() == 200);
            List<CompletableFuture<Chat.Answer>> waiting =
                    IntStream.range(0, CLIENTS)
                            .mapToObj(i -> chat.askLater(api.url(), "nonce=w" + i + " sleep=300"))
                            .toList();
            Await.until(() -> cluster.runs().size() > CLIENTS / 4);

            // When
            cluster.broker().kill();
            Pause away = Pause.of(AWAY);
            Pause.of(UNNOTICED).await();
            var late = new ArrayList<Chat.Answer>();
            while (!away.isOver()) {
                late.add(chat.ask(api.url(), "nonce=late" + late.size()));
            }
            cluster.startBroker();
            var back = Stopwatch.start();

            // Then
            assertThat(late).allMatch(answer -> answer.status() == 503);
            assertThat(late).allMatch(Chat.Answer::hasRetryAfter);
            assertThat(waiting.stream().filter(answer -> answer.join().status() != 200))
                    .as("jobs on their way to the broker when it died")
                    .hasSizeLessThanOrEqualTo(ON_THEIR_WAY)
                    .allMatch(answer -> answer.join().status() == 503)
                    .allMatch(answer -> answer.join().hasRetryAfter());
            Stopwatch.print(
                    "F6 waiting clients that were refused",
                    waiting.stream().filter(answer -> answer.join().status() != 200).count());
            Stopwatch.print("F6 last waiting client answered after the return", back.elapsed());
            assertThat(back.elapsed()).isLessThan(Duration.ofSeconds(30));
            Stopwatch.print(
                    "F6", new Invariants(cluster, chat).check(Invariants.Broken.brokerCrashes(1)));
            assertThat(IntStream.range(0, late.size()).mapToObj(i -> cluster.starts("late" + i)))
                    .allMatch(List::isEmpty);
        }
    }

    @Test
    @DisplayName("R39: requests that the broker does not confirm are refused, and never run")
    void newRequestsAreRefusedAtOnceWhileTheBrokerIsAwayAndNeverRunAfterwards() {
        try (var cluster = new Cluster(directory);
                var chat = new Chat()) {
            // Given
            Cluster.Api api = cluster.api("HOLT_JOBS_CONFIRM_WITHIN=1500ms");
            cluster.worker(2);
            assertThat(chat.ask(api.url(), "nonce=before").status()).isEqualTo(200);

            // When
            cluster.broker().kill();
            Pause away = Pause.of(AWAY);
            var refused = new ArrayList<Chat.Answer>();
            Duration slowest = Duration.ZERO;
            while (!away.isOver()) {
                var asked = Stopwatch.start();
                refused.add(chat.ask(api.url(), "nonce=ghost" + refused.size()));
                slowest = Collections.max(List.of(slowest, asked.elapsed()));
            }
            cluster.startBroker();
            var back = Stopwatch.start();

            // Then
            Stopwatch.print("F6 refused while away, slowest", refused.size() + ", " + slowest);
            assertThat(refused).allMatch(answer -> answer.status() == 503);
            assertThat(refused).allMatch(Chat.Answer::hasRetryAfter);
            assertThat(slowest)
                    .as("refused long before the broker is back")
                    .isLessThan(AWAY.dividedBy(2));
            Await.until(() -> chat.ask(api.url(), "nonce=after").status() == 200);
            Stopwatch.print("F6 first new answer after the return", back.elapsed());
            new Invariants(cluster, chat).check(Invariants.Broken.brokerCrashes(1));
            assertThat(
                            IntStream.range(0, refused.size())
                                    .mapToObj(i -> cluster.starts("ghost" + i)))
                    .allMatch(List::isEmpty);
        }
    }

    @Test
    void aThousandClientsAtOnceAfterAnOutageAreAllAnsweredInTheEnd() {
        try (var cluster = new Cluster(directory);
                var chat = new Chat()) {
            // Given an API instance that lets 200 clients wait
            Cluster.Api api =
                    cluster.api("HOLT_JOBS_CONFIRM_WITHIN=1500ms", "HOLT_JOBS_MAX_WAITING=200");
            cluster.worker(8);
            cluster.broker().kill();
            cluster.startBroker();
            var back = Stopwatch.start();

            // When
            var refusals = new AtomicInteger();
            List<CompletableFuture<Void>> clients =
                    IntStream.range(0, 1000)
                            .mapToObj(i ->
                                    CompletableFuture.runAsync(
                                            () -> retry(chat, api, "nonce=t" + i, refusals),
                                            Thread::startVirtualThread))
                            .toList();

            // Then
            clients.forEach(CompletableFuture::join);
            Stopwatch.print("F25 a thousand clients answered after", back.elapsed());
            Stopwatch.print("F25 refusals", refusals);
            assertThat(refusals.get()).isPositive();
            assertThat(back.elapsed()).isLessThan(Duration.ofSeconds(60));
            new Invariants(cluster, chat).check(Invariants.Broken.brokerCrashes(1));
        }
    }

    /** Retries after the time in {@code retry-after}. */
    private static void retry(Chat chat, Cluster.Api api, String script, AtomicInteger refusals) {
        for (Chat.Answer answer = chat.ask(api.url(), script);
                answer.status() != 200;
                answer = chat.ask(api.url(), script)) {
            assertThat(answer.status()).as(answer.body()).isIn(429, 503);
            refusals.incrementAndGet();
            Pause.of(answer.retryAfter()).await();
        }
    }
}
