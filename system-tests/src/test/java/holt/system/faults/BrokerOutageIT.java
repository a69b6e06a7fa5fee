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
    private static final Duration HOLD = Duration.ofSeconds(4);
    private static final int CLIENTS = 200;

    @TempDir Path directory;

    @Test
    @DisplayName("R39: a broker that is away for less than hold refuses no request")
    void allClientsAreAnsweredAfterAShortOutage() {
        try (var cluster = new Cluster(directory);
                var chat = new Chat()) {
            // Given clients that wait: in the API, in the queue, and for running jobs
            // A busy machine may start the broker slowly
            Cluster.Api api = cluster.api("HOLT_JOBS_CONFIRM_WITHIN=1500ms", "HOLT_JOBS_HOLD=60s");
            cluster.worker(8);
            cluster.worker(8);
            Await.until(() -> chat.ask(api.url(), "nonce=warm").status() == 200);
            List<CompletableFuture<Chat.Answer>> answers = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                answers.add(chat.askLater(api.url(), "nonce=w" + i + " sleep=300"));
            }
            Await.until(() -> cluster.runs().size() > CLIENTS / 4);

            // When the broker dies, and clients come meanwhile
            cluster.broker().kill();
            Pause away = Pause.of(AWAY);
            while (!away.isOver()) {
                answers.add(chat.askLater(api.url(), "nonce=late" + answers.size()));
                Pause.of(Duration.ofMillis(250)).await();
            }
            cluster.startBroker();
            var back = Stopwatch.start();

            // Then
            assertThat(answers.stream().map(answer -> answer.join().status())).containsOnly(200);
            Stopwatch.print("F6 short outage, clients", answers.size());
            Stopwatch.print("F6 last client answered after the return", back.elapsed());
            assertThat(back.elapsed()).isLessThan(Duration.ofSeconds(45));
            Stopwatch.print(
                    "F6", new Invariants(cluster, chat).check(Invariants.Broken.brokerCrashes(1)));
        }
    }

    @Test
    @DisplayName(
            "R39: requests that the broker does not confirm within hold are refused, and never run")
    void newRequestsAreRefusedAfterHoldAndNeverRunAfterwards() {
        try (var cluster = new Cluster(directory);
                var chat = new Chat()) {
            // Given
            Cluster.Api api =
                    cluster.api(
                            "HOLT_JOBS_CONFIRM_WITHIN=1500ms",
                            "HOLT_JOBS_HOLD=" + HOLD.toSeconds() + "s");
            cluster.worker(2);
            assertThat(chat.ask(api.url(), "nonce=before").status()).isEqualTo(200);

            // When
            cluster.broker().kill();
            var asked = new ArrayList<Duration>();
            var refused = new ArrayList<Chat.Answer>();
            for (int i = 0; i < 3; i++) {
                var wait = Stopwatch.start();
                refused.add(chat.ask(api.url(), "nonce=ghost" + i));
                asked.add(wait.elapsed());
            }
            cluster.startBroker();
            var back = Stopwatch.start();

            // Then
            Stopwatch.print("F6 long outage, refused after", asked);
            assertThat(refused).allMatch(answer -> answer.status() == 503);
            assertThat(refused).allMatch(Chat.Answer::hasRetryAfter);
            assertThat(asked)
                    .allMatch(wait -> wait.compareTo(HOLD) >= 0)
                    .allMatch(wait -> wait.compareTo(HOLD.multipliedBy(2).plusSeconds(2)) < 0);
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
