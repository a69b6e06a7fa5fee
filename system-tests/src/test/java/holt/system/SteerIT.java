package holt.system;

import static org.assertj.core.api.Assertions.assertThat;

import holt.standalone.client.AdminClient;
import holt.system.rig.Cluster;
import holt.system.rig.http.Chat;
import holt.system.rig.http.Jobs;
import holt.system.rig.time.Await;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What operators can do to a running Holt. */
@Timeout(120)
class SteerIT {
    private static final Map<String, Object> MODEL = Map.of("model", "scripted");
    private static final Map<String, Object> PAUSE =
            Map.of("model", "scripted", "why", "new weights");

    @TempDir Path directory;

    private Cluster cluster;
    private Jobs jobs;

    @BeforeEach
    void start() {
        cluster = Cluster.onAnyBroker(directory);
        jobs = new Jobs();
    }

    @AfterEach
    void stop() {
        jobs.close();
        cluster.close();
    }

    @Test
    @DisplayName("R198: a pause outlasts a restart, its jobs wait, and they end after it")
    void aPauseOutlastsARestart() {
        // Given a paused model, and a job for it
        Cluster.Api first = cluster.api();
        cluster.worker(1);
        operator(first).post("queues/pause", PAUSE);
        String job = jobs.ask(first.url(), "nonce=held", "Prefer", "respond-async").join().jobId();

        // When the API starts anew
        first.process().kill();
        Cluster.Api next = cluster.api();

        // Then the job waits, and its caller is told why
        JsonNode shown = jobs.get(next.url(), job).body();
        assertThat(shown.path("status").asString()).isEqualTo("queued");
        assertThat(shown.path("detail").asString()).isEqualTo("paused");
        assertThat(shown.at("/paused/why").asString()).isEqualTo("new weights");
        CompletableFuture<Jobs.Reply> waits = jobs.ask(next.url(), "nonce=waits");
        Await.until(() -> waiting(next.url()) == 2);
        assertThat(cluster.starts("held")).isEmpty();
        try (var chat = new Chat()) {
            assertThat(chat.metric(next.management(), "holt_queue_paused")).isEqualTo(1);
            assertThat(chat.metric(next.management(), "holt_queue_depth")).isEqualTo(1);
            assertThat(chat.metric(next.management(), "holt_worker_slots")).isEqualTo(1);
        }

        // And both jobs run once the pause ends
        operator(next).post("queues/resume", MODEL);
        assertThat(waits.join().status()).isEqualTo(200);
        Await.until(() -> jobs.status(next.url(), job).equals("completed"));

        // And the audit has both changes
        JsonNode audit = operator(next).get("audit", Map.of());
        assertThat(audit.at("/data/0/action").asString()).isEqualTo("model.resumed");
        assertThat(audit.at("/data/1/detail").asString()).isEqualTo("new weights");
    }

    @Test
    @DisplayName("R202: a cancellation reaches the jobs that wait inside other instances")
    void aCancellationReachesAllInstances() {
        // Given jobs that wait inside two instances
        URI one = cluster.api().url();
        URI two = cluster.api().url();
        cluster.worker(1);
        new AdminClient(one, null).post("queues/pause", PAUSE);
        Await.until(() -> isPaused(two));
        List<CompletableFuture<Jobs.Reply>> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add(jobs.ask(i % 2 == 0 ? one : two, "nonce=never" + i));
        }
        String kept = jobs.ask(two, "nonce=never", "Prefer", "respond-async").join().jobId();
        Await.until(() -> waiting(one) == 21 && waiting(two) == 21);

        // When one of them cancels all
        var operator = new AdminClient(one, null);
        JsonNode counted =
                operator.post("jobs/cancel", Map.of("model", "scripted", "dry_run", true));
        assertThat(counted.path("matches").asInt()).isEqualTo(11);
        operator.post("jobs/cancel", MODEL);

        // Then all have ended, and none runs after the pause
        waiting.forEach(reply -> assertThat(reply.join().body().toString()).contains("cancelled"));
        Await.until(() -> jobs.status(one, kept).equals("cancelled"));
        operator.post("queues/resume", MODEL);
        assertThat(jobs.ask(one, "nonce=after").join().status()).isEqualTo(200);
        assertThat(cluster.runs()).noneMatch(run -> run.nonce().startsWith("never"));
    }

    @Test
    @DisplayName("R203: a dead letter is replayed as a job of its own")
    void aDeadLetterIsReplayed() {
        // Given a job that failed three times
        URI api = cluster.api().url();
        cluster.worker(1);
        assertThat(jobs.ask(api, "nonce=dead do=fail times=3").join().status()).isEqualTo(502);
        var operator = new AdminClient(api, null);
        Await.until(() -> operator.get("dead", Map.of()).path("total").asInt() == 1);
        JsonNode letter = operator.get("dead", Map.of()).at("/data/0");
        assertThat(letter.path("reason").asString()).isEqualTo("worker_failed");
        assertThat(operator.get("dead/" + letter.path("number").asLong(), Map.of()).toString())
                .doesNotContain("nonce");

        // When an operator replays it
        JsonNode replay = operator.post("dead/replay", Map.of("all", true));

        // Then it runs once more, and the letter is closed
        assertThat(replay.path("replayed").asInt()).isEqualTo(1);
        Await.until(() -> cluster.starts("dead").size() == 4);
        Await.until(() -> completed(operator) == 1);
        assertThat(operator.get("dead", Map.of()).path("total").asInt()).isZero();
        assertThat(operator.post("dead/replay", Map.of("all", true)).path("replayed").asInt())
                .isZero();
    }

    @Test
    @DisplayName("R205: a drained worker claims nothing, until it is undrained")
    void aDrainedWorkerClaimsNothing() {
        // Given one worker, which an operator drains
        URI api = cluster.api().url();
        cluster.worker(1);
        var operator = new AdminClient(api, null);
        String worker = worker(operator).path("id").asString();
        operator.post("workers/" + worker + "/drain", Map.of());
        Await.until(() -> worker(operator).path("state").asString().equals("draining"));

        // When it is undrained, it claims again
        operator.post("workers/" + worker + "/undrain", Map.of());
        Await.until(() -> worker(operator).path("state").asString().equals("serving"));
        assertThat(jobs.ask(api, "nonce=again").join().status()).isEqualTo(200);
    }

    private static JsonNode worker(AdminClient operator) {
        return operator.get("workers", Map.of()).at("/data/0");
    }

    private static int completed(AdminClient operator) {
        return operator.get("jobs", Map.of("status", "completed")).path("data").size();
    }

    /** In all instances, and durably. */
    private static int waiting(URI api) {
        return queue(api).path("held").asInt() + queue(api).path("queued").asInt();
    }

    private static boolean isPaused(URI api) {
        return queue(api).has("paused");
    }

    private static JsonNode queue(URI api) {
        return new AdminClient(api, null).get("queues", Map.of()).at("/data/0");
    }

    private static AdminClient operator(Cluster.Api api) {
        return new AdminClient(api.url(), null);
    }
}
