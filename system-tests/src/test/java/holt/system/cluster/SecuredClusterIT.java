package holt.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.Fixtures;
import holt.protocol.ModelName;
import holt.standalone.client.AdminClient;
import holt.system.rig.ChildJvm;
import holt.system.rig.Cluster;
import holt.system.rig.access.User;
import holt.system.rig.check.Invariants;
import holt.system.rig.http.Chat;
import holt.system.rig.http.Jobs;
import holt.system.rig.time.Await;
import holt.system.rig.time.Stopwatch;
import holt.system.rig.topics.DeadLetters;
import holt.system.rig.topics.JobEvents;
import holt.system.rig.topics.Replicas;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All that Holt's processes do, on three brokers and with no more rights than docs/operations.md lists. */
@Tag("cluster")
@Tag("faults")
@Timeout(90)
class SecuredClusterIT {
    private static final int CHATS = 40;

    /** Of a worker. */
    private static final int SLOTS = 4;

    @TempDir static Path directory;

    private static Cluster cluster;
    private static Cluster.Api api;
    private static Chat chat;

    @BeforeAll
    static void start() {
        var starting = Stopwatch.start();
        cluster = Cluster.onThreeBrokers(directory);
        Stopwatch.print("three brokers started", starting.elapsed());
        api = cluster.api();
        chat = new Chat();
    }

    @AfterAll
    static void stop() {
        chat.close();
        cluster.close();
    }

    @AfterEach
    void nothingWasDenied() {
        assertThat(cluster.brokers().denials()).isEmpty();
    }

    @Test
    void everyTopicHasThreeCopiesOfWhichTwoMustBeInSync() {
        assertThat(Replicas.safety(cluster.clients()))
                .allSatisfy((topic, safety) -> assertThat(safety).as(topic).isEqualTo("2 of 3"));
    }

    @Test
    void chatsAreAnsweredAndWorkersDrain() {
        ChildJvm leaving = cluster.worker(SLOTS);
        cluster.worker(SLOTS);
        List<CompletableFuture<Chat.Answer>> answers =
                IntStream.range(0, CHATS)
                        .mapToObj(i -> chat.askLater(api.url(), "nonce=n" + i + " sleep=300"))
                        .toList();
        Await.until(() -> cluster.runs().size() > SLOTS);

        leaving.signal("TERM");

        assertThat(leaving.awaitExit()).isZero();
        assertThat(answers).allMatch(answer -> answer.join().status() == 200);
        assertThat(chat.request(api.url(), "nonce=s stream=true words=3").join().succeeded())
                .isTrue();
        assertThat(chat.ask(api.url(), "nonce=large " + "x".repeat(100_000)).status())
                .isEqualTo(200);
        new Invariants(cluster, chat).check();
        assertThat(JobEvents.read(cluster.clients()).startedTwice()).isZero();
    }

    @Test
    void operatorsHaveTheRightsForAllThatTheyDo() {
        cluster.worker(SLOTS);
        var operator = new AdminClient(api.url(), null);
        Map<String, Object> model = Map.of("model", Cluster.MODEL.name().value());

        operator.post("queues/pause", Map.of("model", Cluster.MODEL.name().value(), "why", "test"));
        operator.post("jobs/cancel", model);
        operator.post("queues/resume", model);
        operator.post("dead/discard", model);
        String worker = operator.get("workers", Map.of()).at("/data/0/id").asString();
        operator.post("workers/" + worker + "/undrain", Map.of());

        assertThat(operator.get("audit", Map.of()).path("data")).hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void failedRunsAreRetriedAndEndAsDeadLetters() {
        cluster.worker(SLOTS);

        assertThat(chat.ask(api.url(), "nonce=again do=fail times=1").status()).isEqualTo(200);
        Chat.Answer failed = chat.ask(api.url(), "nonce=fails do=fail");

        assertThat(failed.status()).isEqualTo(502);
        assertThat(DeadLetters.of(cluster.clients(), failed.jobId())).hasSize(1);
    }

    @Test
    void jobsWithoutClientsEndAndCanBeCancelled() {
        cluster.worker(SLOTS);
        try (var jobs = new Jobs()) {
            String ends =
                    jobs.ask(api.url(), "nonce=async", "Prefer", "respond-async").join().jobId();
            String hangs =
                    jobs.ask(
                                    api.url(),
                                    "nonce=hangs do=hang",
                                    "Prefer",
                                    "respond-async",
                                    "Idempotency-Key",
                                    "a-key-of-a-job-that-hangs")
                            .join()
                            .jobId();
            Await.until(() -> jobs.status(api.url(), hangs).equals("running"));

            jobs.cancel(api.url(), hangs);

            Await.until(() -> jobs.status(api.url(), hangs).equals("cancelled"));
            Await.until(() -> jobs.status(api.url(), ends).equals("completed"));
        }
    }

    @Test
    void aKilledWorkersJobRunsElsewhere() {
        cluster.worker(1);
        cluster.worker(1);
        CompletableFuture<Chat.Answer> answer = chat.askLater(api.url(), "nonce=killed sleep=1500");
        Await.until(() -> !cluster.starts("killed").isEmpty());

        cluster.firstToStart("killed").kill();

        assertThat(answer.join().status()).isEqualTo(200);
    }

    @Test
    void imagesAndChatsAreAnsweredByProcessesThatLogInByScram() throws Exception {
        cluster.brokers().allowScram(User.API);
        cluster.brokers().allowScram(User.WORKER);
        Path home = Files.createDirectory(directory.resolve("home"));
        Fixtures.imageModel("sd1", home.resolve("models"));
        Cluster.Api scram = cluster.api(User.API.environment(User.Mechanism.SCRAM));
        cluster.worker(1, User.WORKER.environment(User.Mechanism.SCRAM));
        cluster.realWorker(home, User.WORKER.environment(User.Mechanism.SCRAM));
        Await.until(() -> chat.lists(scram.url(), new ModelName("sd1")));

        assertThat(chat.ask(scram.url(), "nonce=scram").status()).isEqualTo(200);
        assertThat(image(scram.url())).contains("\"url\"");
    }

    private static String image(URI api) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(api.resolve("/v1/images/generations"))
                                    .header("Content-Type", "application/json")
                                    .POST(
                                            HttpRequest.BodyPublishers.ofString(
                                                    "{\"model\":\"sd1\",\"prompt\":\"an otter\",\"steps\":2}"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
