package holt.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Outcome;
import holt.system.rig.Cluster;
import holt.system.rig.check.Invariants;
import holt.system.rig.http.Chat;
import holt.system.rig.http.ClientLog;
import holt.system.rig.time.Await;
import holt.system.rig.time.Stopwatch;
import holt.system.rig.topics.JobEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** F12, F13: clients that disconnect, and one that does not read. */
@Timeout(120)
class LeavingClientsIT {
    /** A busy machine may take long, but the jobs would run for a minute. */
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(10);

    @TempDir static Path directory;

    private static Cluster cluster;
    private static Cluster.Api api;
    private static Chat chat;

    @BeforeAll
    static void start() {
        cluster = new Cluster(directory);
        api = cluster.api();
        cluster.worker(4);
        chat = new Chat();
    }

    @AfterAll
    static void stop() {
        chat.close();
        cluster.close();
    }

    @AfterEach
    void checkInvariants() {
        new Invariants(cluster, chat).check();
    }

    @Test
    @DisplayName(
            "R69: running, streaming and queued jobs are cancelled when their clients disconnect")
    void runningStreamingAndQueuedJobsAreCancelledWhenTheirClientsDisconnect() throws Exception {
        // Given
        Socket running = Chat.hold(api.url(), "nonce=running sleep=60000");
        Socket streaming = Chat.send(connect(), "nonce=streaming sleep=60000 words=600", true);
        List<Socket> others = List.of(hold("nonce=third do=hang"), hold("nonce=fourth do=hang"));
        Await.until(() -> cluster.runs().size() >= 4);
        // Some wait in Kafka, which takes one and a half jobs a slot, and some in the API.
        List<Socket> queued =
                IntStream.range(0, 5).mapToObj(i -> hold("nonce=queued" + i)).toList();
        Await.until(() -> chat.metric(api.management(), "holt_clients_waiting") == 9);

        // When
        for (Socket socket : queued) {
            socket.close();
        }
        Await.until(() -> chat.metric(api.management(), "holt_clients_waiting") == 4);
        running.close();
        streaming.close();
        var left = Stopwatch.start();

        // Then
        Await.until(() -> stopped("running") && stopped("streaming"));
        Stopwatch.print("F12 engine stopped after its client left", left.elapsed());
        assertThat(left.elapsed()).isLessThan(NOTICED_WITHIN);
        for (Socket socket : others) {
            socket.close();
        }
        Await.until(() -> JobEvents.read(cluster.clients()).unfinished().isEmpty());
        JobEvents events = JobEvents.read(cluster.clients());
        assertThat(events.jobs().stream().map(events::outcome))
                .filteredOn(outcome -> outcome instanceof Outcome.Cancelled)
                .hasSize(events.accepted() - completed(events));
        assertThat(chat.ask(api.url(), "nonce=next").status()).isEqualTo(200);
        assertThat(IntStream.range(0, 5).mapToObj(i -> cluster.starts("queued" + i)))
                .allMatch(List::isEmpty);
    }

    @Test
    void aStreamThatIsNotReadEndsWithAnErrorAndOthersDoNotWaitForIt() throws Exception {
        // Given a client that requests 20 MB and reads nothing
        var idle = new Socket();
        idle.setReceiveBufferSize(4096);
        idle.connect(address());
        Chat.send(idle, "nonce=unread words=20000 size=1000 sleep=1000", true);
        Await.until(() -> !cluster.starts("unread").isEmpty());

        // When others stream meanwhile
        List<CompletableFuture<ClientLog.Result>> others =
                IntStream.range(0, 10)
                        .mapToObj(i ->
                                chat.requestStream(
                                        api.url(), "nonce=read" + i + " words=50 sleep=500"))
                        .toList();

        // Then
        assertThat(others).allMatch(other -> other.join().succeeded());
        Duration slowest =
                others.stream().map(other -> other.join().after()).max(Duration::compareTo).get();
        Stopwatch.print("F13 slowest of ten streams of 0.5 s beside it", slowest);
        assertThat(slowest).isLessThan(Duration.ofSeconds(20));
        Await.until(() -> chat.metric(api.management(), "holt_clients_waiting") == 0);
        String read = new String(idle.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Stopwatch.print("F13 bytes kept for it", read.length());
        assertThat(read).contains("event: error").contains("\"code\":2022");
        assertThat(read).doesNotContain("[DONE]");
        idle.close();
    }

    private static int completed(JobEvents events) {
        return (int)
                events.jobs().stream()
                        .filter(job -> events.outcome(job) instanceof Outcome.ChatCompleted)
                        .count();
    }

    private static boolean stopped(String nonce) {
        return cluster.runs().stream()
                .anyMatch(run -> run.what().equals("stop") && run.nonce().equals(nonce));
    }

    private static Socket hold(String script) {
        try {
            return Chat.hold(api.url(), script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket connect() throws IOException {
        return new Socket(api.url().getHost(), api.url().getPort());
    }

    private static InetSocketAddress address() {
        return new InetSocketAddress(api.url().getHost(), api.url().getPort());
    }
}
