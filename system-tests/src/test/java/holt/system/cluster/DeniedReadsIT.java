package holt.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import holt.system.rig.Cluster;
import holt.system.rig.access.DeniedRight;
import holt.system.rig.access.User;
import holt.system.rig.http.Chat;
import holt.system.rig.http.Jobs;
import holt.system.rig.script.RunLog;
import holt.system.rig.time.Await;
import holt.system.rig.time.Pause;
import holt.system.rig.time.Stopwatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A user may not read a topic for some seconds, such as while an operator changes rights. */
@Tag("cluster")
@Timeout(120)
class DeniedReadsIT {
    /** So long that a worker whose heartbeats are not read counts as dead. */
    private static final Duration DENIED = Duration.ofSeconds(8);

    /** From the right's return until all is well. */
    private static final Duration RECOVERED = Duration.ofSeconds(10);

    @TempDir static Path directory;

    private static Cluster cluster;
    private static Cluster.Api api;
    private static Chat chat;
    private static Jobs jobs;

    @BeforeAll
    static void start() {
        cluster = Cluster.onThreeBrokers(directory);
        api = cluster.api("HOLT_API_CHAT_DEADLINE=3s", "HOLT_MODELS_UNSERVED_GRACE=1s");
        cluster.worker(4);
        chat = new Chat();
        jobs = new Jobs();
    }

    @AfterAll
    static void stop() {
        jobs.close();
        chat.close();
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource({
        "API, holt.replies",
        "API, holt.events",
        "API, holt.workers",
        "WORKER, holt.events",
        "WORKER, holt.commands"
    })
    void allIsWellOnceTheRightIsBack(User user, String topic) {
        // Given
        assertThat(chat.ask(api.url(), "nonce=before").status()).isEqualTo(200);

        // When
        try (var _ = new DeniedRight(cluster.clients(), user, AclOperation.READ, topic)) {
            Pause denied = Pause.of(DENIED);
            chat.ask(api.url(), "nonce=denied");
            denied.await();
        }
        var back = Stopwatch.start();

        // Then clients are answered, jobs can be looked at, and cancels reach the worker
        String hangs = "hangs-" + user + "-" + topic;
        Await.until(() -> chat.ask(api.url(), "nonce=after").status() == 200);
        Await.until(() -> streams("stream-" + user + "-" + topic));
        String job =
                jobs.ask(api.url(), "do=hang nonce=" + hangs, "Prefer", "respond-async")
                        .join()
                        .jobId();
        Await.until(() -> jobs.status(api.url(), job).equals("running"));
        jobs.cancel(api.url(), job);
        Await.until(() -> jobs.status(api.url(), job).equals("cancelled"));
        Await.until(() -> cluster.runs().stream().anyMatch(run -> is("stop", run, hangs)));
        Stopwatch.print(user + " reads " + topic + " again, and all is well after", back.elapsed());
        assertThat(back.elapsed()).isLessThan(RECOVERED);
        assertThat(cluster.processes()).as("live processes").hasSize(2);
        assertThat(chat.isReady(api.management())).isTrue();
        assertThat(chat.lists(api.url(), Cluster.MODEL.name())).isTrue();
    }

    /** Whether the first word arrives during the run. Without replies, all words come with the outcome. */
    private static boolean streams(String nonce) {
        try (Stream<String> lines =
                chat.stream(api.url(), "sleep=1000 words=4 nonce=" + nonce).join().body()) {
            return lines.anyMatch(line -> line.contains(nonce + ".0"))
                    && cluster.runs().stream().noneMatch(run -> is("end", run, nonce));
        }
    }

    private static boolean is(String what, RunLog.Run run, String nonce) {
        return run.what().equals(what) && run.nonce().equals(nonce);
    }
}
