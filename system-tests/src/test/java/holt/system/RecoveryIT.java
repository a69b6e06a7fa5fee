package holt.system;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.JobId;
import holt.protocol.Outcome;
import holt.system.rig.ChildJvm;
import holt.system.rig.Cluster;
import holt.system.rig.http.Chat;
import holt.system.rig.script.RunLog;
import holt.system.rig.time.Await;
import holt.system.rig.topics.DeadLetters;
import holt.system.rig.topics.JobEvents;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients see when a worker dies or drains, or when a job comes too late. There are two workers of one slot each. */
@Tag("alone")
@Timeout(180)
class RecoveryIT {
    @TempDir static Path directory;

    private static final int KILLS = 5;

    /** The slots of both workers. */
    private static final int SLOTS = 2;

    private static final String WAITING = "holt_clients_waiting";

    private static final List<ChildJvm> WORKERS = new ArrayList<>();
    private static Cluster cluster;
    private static Cluster.Api api;
    private static Chat chat;

    @BeforeAll
    static void start() {
        cluster = new Cluster(directory);
        api = cluster.api("HOLT_API_CHAT_DEADLINE=20s");
        chat = new Chat();
    }

    @AfterAll
    static void stop() {
        chat.close();
        cluster.close();
    }

    @BeforeEach
    void startTwoWorkers() {
        WORKERS.removeIf(worker -> !worker.isAlive());
        while (WORKERS.size() < 2) {
            WORKERS.add(cluster.worker(1));
        }
    }

    @Test
    @DisplayName("R94: a killed worker's job runs elsewhere within four seconds")
    void aKilledWorkersJobRunsElsewhereWithinFourSeconds() {
        var took = new ArrayList<Duration>();
        for (int i = 0; i < KILLS; i++) {
            startTwoWorkers();
            String nonce = "killed" + i;
            CompletableFuture<Chat.Answer> answer =
                    chat.askLater(api.url(), "nonce=" + nonce + " sleep=1500");
            Await.until(() -> cluster.starts(nonce).size() == 1);

            cluster.firstToStart(nonce).kill();
            long killed = System.nanoTime();

            Await.until(() -> cluster.starts(nonce).size() == 2);
            took.add(Duration.ofNanos(System.nanoTime() - killed));
            assertThat(answer.join().text()).isEqualTo(nonce + ".0 ");
        }
        System.out.println("killed worker's job elsewhere after " + took);
        Collections.sort(took);
        assertThat(took.get(KILLS / 2)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    @DisplayName("R46: a stream continues without a repeated word when its worker is killed")
    void aStreamContinuesWithoutARepeatedWordWhenItsWorkerIsKilled() throws Exception {
        var lines = new ArrayList<String>();
        var stream = chat.stream(api.url(), "nonce=cut sleep=2000 words=4").get();
        Thread reader =
                Thread.ofVirtual()
                        .start(() ->
                                stream.body()
                                        .forEach(line -> {
                                            synchronized (lines) {
                                                lines.add(line);
                                            }
                                        }));
        Await.until(() -> texts(lines).contains("cut.1"));

        cluster.firstToStart("cut").kill();

        reader.join();
        assertThat(texts(lines)).isEqualTo("cut.0 cut.1 cut.2 cut.3 ");
        assertThat(lines)
                .contains("data: [DONE]")
                .noneMatch(line -> line.startsWith("event: error"));
        assertThat(cluster.starts("cut")).hasSize(2);
    }

    @Test
    @DisplayName("R51: a worker that was taken for dead cannot answer a second time")
    void aWorkerThatWasTakenForDeadCannotAnswerTwice() {
        CompletableFuture<Chat.Answer> answer = chat.askLater(api.url(), "nonce=slept sleep=1000");
        Await.until(() -> cluster.starts("slept").size() == 1);
        ChildJvm sleeper = cluster.firstToStart("slept");
        sleeper.signal("STOP");
        try {
            assertThat(answer.join().text()).isEqualTo("slept.0 ");
            assertThat(cluster.starts("slept")).hasSize(2);
        } finally {
            sleeper.signal("CONT");
        }
        var job = new JobId(answer.join().jobId());
        Await.until(() -> JobEvents.read(cluster.clients()).finished(job));
        assertThat(JobEvents.read(cluster.clients()).outcome(job))
                .isInstanceOf(Outcome.ChatCompleted.class);
        assertThat(chat.ask(api.url(), "nonce=after").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("R69: a disconnect stops a running job, and a queued one never starts")
    void aDisconnectStopsARunningJobAndAQueuedOneNeverStarts() throws Exception {
        List<Socket> holding = new ArrayList<>();
        for (int i = 0; i < SLOTS; i++) {
            holding.add(Chat.hold(api.url(), "nonce=held" + i + " sleep=15000"));
        }
        Await.until(() -> workersThatStarted("held") == 2);
        double waiting = chat.metric(api.management(), WAITING);
        Socket queued = Chat.hold(api.url(), "nonce=queued");
        Await.until(() -> chat.metric(api.management(), WAITING) == waiting + 1);

        queued.close();
        Await.until(() -> chat.metric(api.management(), WAITING) == waiting);
        for (Socket client : holding) {
            client.close();
        }

        Await.until(() -> chat.metric(api.management(), WAITING) == 0);
        assertThat(chat.ask(api.url(), "nonce=next").text()).isEqualTo("next.0 ");
        assertThat(chat.ask(api.url(), "nonce=next2").text()).isEqualTo("next2.0 ");
        Await.until(() ->
                cluster.runs().stream()
                        .filter(run -> run.isStart() && run.nonce().startsWith("held"))
                        .allMatch(run -> stopped(run.nonce())));
        assertThat(cluster.starts("queued")).isEmpty();
    }

    @Test
    @DisplayName("R73: a job whose deadline passes in the queue never reaches an engine")
    void aJobWhoseDeadlinePassesInTheQueueNeverReachesAnEngine() {
        Cluster.Api hasty = cluster.api("HOLT_API_CHAT_DEADLINE=2s");
        List<CompletableFuture<Chat.Answer>> held =
                IntStream.range(0, SLOTS)
                        .mapToObj(i -> chat.askLater(api.url(), "nonce=long" + i + " sleep=5000"))
                        .toList();
        Await.until(() -> workersThatStarted("long") == 2);

        Chat.Answer late = chat.ask(hasty.url(), "nonce=late");

        assertThat(late.status()).isEqualTo(504);
        assertThat(late.code()).isEqualTo(2014);
        assertThat(late.jobId()).isNotEmpty();
        held.forEach(answer -> assertThat(answer.join().status()).isEqualTo(200));
        var job = new JobId(late.jobId());
        Await.until(() -> JobEvents.read(cluster.clients()).finished(job));
        assertThat(JobEvents.read(cluster.clients()).outcome(job))
                .isInstanceOf(Outcome.Failed.class);
        assertThat(cluster.starts("late")).isEmpty();
        hasty.process().kill();
    }

    @Test
    @DisplayName(
            "R67: a job that fails three times becomes a dead letter, and its client gets the failure")
    void aJobThatFailsThreeTimesBecomesADeadLetter() {
        Chat.Answer answer = chat.ask(api.url(), "nonce=fails do=fail");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.code()).isEqualTo(2015);
        assertThat(cluster.starts("fails")).hasSize(3);
        assertThat(DeadLetters.of(cluster.clients(), answer.jobId()))
                .singleElement()
                .satisfies(letter -> assertThat(letter.job().earlierRuns()).hasSize(2));
    }

    @Test
    @DisplayName("R68: a worker that drains under load loses no job and runs none twice")
    void aWorkerThatDrainsUnderLoadLosesNoJobAndRunsNoneTwice() {
        List<CompletableFuture<Chat.Answer>> answers =
                IntStream.range(0, 30)
                        .mapToObj(i -> chat.askLater(api.url(), "nonce=drain" + i + " sleep=100"))
                        .toList();
        Await.until(() -> !cluster.starts("drain5").isEmpty());

        ChildJvm leaving = WORKERS.getFirst();
        leaving.signal("TERM");

        assertThat(leaving.awaitExit()).isZero();
        answers.forEach(answer -> assertThat(answer.join().status()).isEqualTo(200));
        IntStream.range(0, 30).forEach(i -> assertThat(cluster.starts("drain" + i)).hasSize(1));
    }

    @Test
    @DisplayName("R75: a request over 64 KiB travels through the store")
    void aLargeRequestTravelsThroughTheStore() {
        Chat.Answer answer = chat.ask(api.url(), "nonce=big " + "x".repeat(100_000));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("big.0 ");
    }

    private static long workersThatStarted(String nonces) {
        return cluster.runs().stream()
                .filter(run -> run.isStart() && run.nonce().startsWith(nonces))
                .map(RunLog.Run::pid)
                .distinct()
                .count();
    }

    private static boolean stopped(String nonce) {
        return cluster.runs().stream()
                .anyMatch(run -> run.what().equals("stop") && run.nonce().equals(nonce));
    }

    private static String texts(List<String> lines) {
        synchronized (lines) {
            return lines.stream()
                    .filter(line -> line.contains("\"content\":\""))
                    .map(line -> line.replaceAll(".*\"content\":\"([^\"]*)\".*", "$1"))
                    .reduce("", String::concat);
        }
    }
}
