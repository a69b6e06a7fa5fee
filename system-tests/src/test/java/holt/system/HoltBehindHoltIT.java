package holt.system;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Outcome;
import holt.system.rig.Cluster;
import holt.system.rig.http.Chat;
import holt.system.rig.http.ClientLog;
import holt.system.rig.time.Await;
import holt.system.rig.topics.JobEvents;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker without models of its own, whose engine is another Holt on another broker. */
@Timeout(120)
class HoltBehindHoltIT {
    private static final int SLOTS = 4;

    @TempDir static Path directory;

    private static Cluster behind;
    private static Cluster front;
    private static Cluster.Api engine;
    private static Cluster.Api api;
    private static Chat chat;

    @BeforeAll
    static void start() throws IOException {
        behind = new Cluster(directory.resolve("behind"));
        front = new Cluster(directory.resolve("front"));
        chat = new Chat();
        engine = behind.api();
        behind.worker(SLOTS);
        api = front.api();
        Path home = directory.resolve("home");
        Files.createDirectories(home);
        front.realWorker(
                home,
                "HOLT_WORKER_ENGINES_0_URL=" + engine.url(),
                "HOLT_WORKER_ENGINES_0_SLOTS=" + SLOTS);
        Await.until(() -> chat.lists(api.url(), Cluster.MODEL.name()));
    }

    @AfterAll
    static void stop() {
        chat.close();
        front.close();
        behind.close();
    }

    @Test
    void itsAnswersAreThoseOfTheEngine() {
        List<CompletableFuture<ClientLog.Result>> answers =
                IntStream.range(0, 3 * SLOTS)
                        .mapToObj(i ->
                                chat.request(
                                        api.url(),
                                        "nonce=a%d words=3 sleep=100 stream=%s"
                                                .formatted(i, i % 2 == 0)))
                        .toList();

        for (int i = 0; i < answers.size(); i++) {
            ClientLog.Result answer = answers.get(i).join();
            assertThat(answer.succeeded()).isTrue();
            assertThat(answer.text()).isEqualTo("a%1$d.0 a%1$d.1 a%1$d.2 ".formatted(i));
        }
    }

    @Test
    void aClientThatLeavesStopsTheRunInTheEngine() throws Exception {
        Socket client = Chat.hold(api.url(), "nonce=left do=hang");
        Await.until(() -> !behind.starts("left").isEmpty());

        client.close();

        Await.until(() -> {
            JobEvents events = JobEvents.read(behind.clients());
            return events.finished().stream()
                    .anyMatch(job -> events.outcome(job) instanceof Outcome.Cancelled);
        });
    }

    @Test
    void aRunThatFailsInTheEngineFailsHere() {
        Chat.Answer failed = chat.ask(api.url(), "nonce=fails do=fail");

        assertThat(failed.status()).isEqualTo(502);
        assertThat(failed.code()).isEqualTo(2015);
    }
}
