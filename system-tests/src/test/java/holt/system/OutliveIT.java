package holt.system;

import static holt.kafka.TestTopics.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import holt.kafka.EnsureTopics;
import holt.protocol.Codec;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.system.rig.Cluster;
import holt.system.rig.http.Chat;
import holt.system.rig.http.Jobs;
import holt.system.rig.time.Await;
import holt.system.rig.topics.JobEvents;
import holt.system.rig.topics.RawRecords;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that outlive their clients, with two API instances. */
@Timeout(120)
class OutliveIT {
    private static final int SLOTS = 4;
    private static final String LATER_ENDS = "holt_duplicate_replies_total";

    @TempDir static Path directory;

    private static Cluster cluster;
    private static URI one;
    private static URI two;
    private static Jobs jobs;

    @BeforeAll
    static void start() {
        cluster = Cluster.onAnyBroker(directory);
        one = cluster.api().url();
        two = cluster.api().url();
        cluster.worker(SLOTS);
        jobs = new Jobs();
    }

    @AfterAll
    static void stop() {
        jobs.close();
        cluster.close();
    }

    @Test
    @DisplayName("R65: an asynchronous job runs in the lane batch, and every instance shows it")
    void everyInstanceShowsAnAsynchronousJob() {
        Jobs.Reply accepted =
                jobs.ask(one, "nonce=async sleep=300", "Prefer", "respond-async").join();
        assertThat(accepted.status()).as(accepted.body().toString()).isEqualTo(202);
        assertThat(accepted.location()).isEqualTo("/v1/jobs/" + accepted.jobId());

        for (URI instance : List.of(one, two)) {
            Await.until(() -> jobs.status(instance, accepted.jobId()).equals("completed"));
            Jobs.Reply job = jobs.get(instance, accepted.jobId());
            assertThat(job.body().at("/result/choices/0/message/content").asString())
                    .isEqualTo("async.0 ");
            assertThat(job.body().path("lane").asString()).isEqualTo("batch");
            assertThat(job.body().path("attempts").size()).isEqualTo(1);
        }
        assertThat(cluster.starts("async")).hasSize(1);
    }

    @Test
    @DisplayName("R58: every instance knows a job as soon as its client does")
    void everyInstanceKnowsAnAcceptedJob() {
        for (int round = 0; round < 50; round++) {
            Jobs.Reply accepted =
                    jobs.ask(one, "nonce=known" + round, "Prefer", "respond-async").join();

            for (URI instance : List.of(two, one)) {
                Jobs.Reply job = jobs.get(instance, accepted.jobId());
                assertThat(job.status()).as(job.body().toString()).isEqualTo(200);
            }
        }
    }

    @Test
    @DisplayName("R56: any instance reads the outcome of a job from the log")
    void anAnswerCanBeReadAgainByItsId() {
        Jobs.Reply answer = jobs.ask(one, "nonce=again").join();

        Await.until(() -> jobs.status(two, answer.jobId()).equals("completed"));
        assertThat(
                        jobs.get(two, answer.jobId())
                                .body()
                                .at("/result/choices/0/message/content")
                                .asString())
                .isEqualTo(answer.text());
    }

    @Test
    @DisplayName("R27: an outcome over 64 KiB is a claim check, and can be read again")
    void aLargeResultCanBeReadAgainFromTheStore() {
        Jobs.Reply answer = jobs.ask(one, "nonce=large size=100000").join();
        assertThat(answer.text()).hasSizeGreaterThan(100_000).startsWith("large.0__");

        Await.until(() -> jobs.status(two, answer.jobId()).equals("completed"));
        assertThat(
                        jobs.get(two, answer.jobId())
                                .body()
                                .at("/result/choices/0/message/content")
                                .asString())
                .isEqualTo(answer.text());
    }

    @Test
    @DisplayName(
            "R61: one key on two instances at once runs once, and all its clients are answered")
    void oneKeyOnTwoInstancesAtOnceRunsOnce() {
        for (int round = 0; round < 10; round++) {
            String nonce = "key" + round;
            List<CompletableFuture<Jobs.Reply>> replies =
                    IntStream.range(0, 6)
                            .mapToObj(i ->
                                    jobs.ask(
                                            i % 2 == 0 ? one : two,
                                            "nonce=" + nonce + " sleep=100",
                                            "Idempotency-Key",
                                            nonce))
                            .toList();

            assertThat(replies.stream().map(CompletableFuture::join))
                    .allSatisfy(reply -> {
                        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
                        assertThat(reply.text()).isEqualTo(nonce + ".0 ");
                    })
                    .extracting(Jobs.Reply::jobId)
                    .containsOnly(replies.getFirst().join().jobId());
            assertThat(cluster.starts(nonce)).hasSize(1);
        }
    }

    @Test
    @DisplayName(
            "R61: a request with the same key and another fingerprint gets 422 on either instance")
    void anotherRequestWithTheSameKeyIsRefusedOnEitherInstance() {
        Jobs.Reply first = jobs.ask(one, "nonce=mine", "Idempotency-Key", "mine").join();
        assertThat(first.status()).isEqualTo(200);
        Await.until(() -> jobs.status(two, first.jobId()).equals("completed"));

        for (URI instance : List.of(one, two)) {
            Jobs.Reply other = jobs.ask(instance, "nonce=other", "Idempotency-Key", "mine").join();
            assertThat(other.status()).isEqualTo(422);
            assertThat(other.code()).isEqualTo(2018);
        }
        assertThat(cluster.starts("other")).isEmpty();
    }

    @Test
    @DisplayName("R60: a repeated key leads to the same job, and its stored result")
    void aRepeatedKeyGetsTheStoredResult() {
        Jobs.Reply first = jobs.ask(one, "nonce=stored", "Idempotency-Key", "stored").join();
        Await.until(() -> jobs.status(two, first.jobId()).equals("completed"));

        Jobs.Reply again = jobs.ask(two, "nonce=stored", "Idempotency-Key", "stored").join();

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).isEqualTo("stored.0 ");
        assertThat(again.jobId()).isEqualTo(first.jobId());
        assertThat(cluster.starts("stored")).hasSize(1);
    }

    @Test
    @DisplayName("R70: another instance cancels a running job, and its client gets the outcome")
    void anotherInstanceCancelsARunningJob() {
        CompletableFuture<Jobs.Reply> waiting = jobs.ask(one, "nonce=stopped do=hang");
        Await.until(() -> cluster.starts("stopped").size() == 1);
        String id =
                JobEvents.read(cluster.clients()).unfinished().stream()
                        .map(JobId::value)
                        .filter(job -> jobs.status(two, job).equals("running"))
                        .findFirst()
                        .orElseThrow();

        assertThat(jobs.cancel(two, id).status()).isEqualTo(202);

        assertThat(waiting.join().status()).isEqualTo(500);
        assertThat(waiting.join().body().path("message").asString()).contains("cancelled");
        Await.until(() -> jobs.status(one, id).equals("cancelled"));
        Await.until(() -> jobs.status(two, id).equals("cancelled"));
        assertThat(jobs.cancel(two, id).status()).isEqualTo(409);
        assertThat(cluster.runs())
                .anyMatch(run -> run.what().equals("stop") && run.nonce().equals("stopped"));
    }

    @Test
    @DisplayName("R69: a queued job that is cancelled never starts")
    void aQueuedJobThatIsCancelledNeverStarts() {
        List<Jobs.Reply> blocking =
                IntStream.range(0, 3 * SLOTS)
                        .mapToObj(i ->
                                jobs.ask(
                                                one,
                                                "nonce=block" + i + " do=hang",
                                                "Prefer",
                                                "respond-async")
                                        .join())
                        .toList();
        Await.until(() -> blocked() == SLOTS);
        Jobs.Reply queued = jobs.ask(two, "nonce=never sleep=1", "Prefer", "respond-async").join();
        Await.until(() -> jobs.status(one, queued.jobId()).equals("queued"));

        assertThat(jobs.cancel(one, queued.jobId()).status()).isEqualTo(202);
        Await.until(() -> jobs.status(two, queued.jobId()).equals("cancelled"));
        blocking.forEach(job -> jobs.cancel(two, job.jobId()));
        blocking.forEach(
                job -> Await.until(() -> jobs.status(one, job.jobId()).equals("cancelled")));

        Jobs.Reply next = jobs.ask(one, "nonce=afterwards", "Prefer", "respond-async").join();
        Await.until(() -> jobs.status(one, next.jobId()).equals("completed"));
        assertThat(cluster.starts("never")).isEmpty();
    }

    private static long blocked() {
        return cluster.runs().stream()
                .filter(run -> run.isStart() && run.nonce().startsWith("block"))
                .count();
    }

    @Test
    @DisplayName("R62: keys of a killed instance lead to their jobs on another one")
    void theJobsOfAKilledInstanceAreFoundOnAnother() {
        // Given 50 clients that wait at an instance, each with a key
        Cluster.Api dying = cluster.api();
        List<CompletableFuture<Jobs.Reply>> waiting =
                IntStream.range(0, 50)
                        .mapToObj(i ->
                                jobs.ask(
                                        dying.url(),
                                        "nonce=orphan" + i + " sleep=200",
                                        "Idempotency-Key",
                                        "orphan" + i))
                        .toList();
        Await.until(() -> !cluster.starts("orphan10").isEmpty());

        // When it is killed
        dying.process().kill();

        // Then their connections break, and the same request elsewhere gives the same job's result.
        // A client whose job was claimed but not queued must retry
        waiting.forEach(reply ->
                assertThat(reply.handle((_, _) -> true)).succeedsWithin(Duration.ofSeconds(10)));
        for (int i = 0; i < 50; i++) {
            String nonce = "orphan" + i;
            Jobs.Reply again = retry(i % 2 == 0 ? one : two, nonce);
            assertThat(again.status()).as(again.body().toString()).isEqualTo(200);
            assertThat(again.text()).isEqualTo(nonce + ".0 ");
            assertThat(cluster.starts(nonce)).hasSize(1);
        }
    }

    @Test
    @DisplayName("R40: Accepted of a job with a key comes only once its queue has the job")
    void aJobWithAKeyIsAcceptedOnlyOnceItsQueueHasIt() throws Exception {
        limitRecords("1", AlterConfigOp.OpType.SET);
        List<Jobs.Reply> refused = new ArrayList<>();
        try {
            Await.until(() -> {
                String key = "untaken" + refused.size();
                refused.add(jobs.ask(one, "nonce=untaken", "Idempotency-Key", key).join());
                return refused.getLast().status() == 503 && !refused.getLast().jobId().isEmpty();
            });
        } finally {
            limitRecords("", AlterConfigOp.OpType.DELETE);
        }

        var job = new JobId(refused.getLast().jobId());
        Await.until(() -> JobEvents.read(cluster.clients()).finished(job));
        assertThat(JobEvents.read(cluster.clients()).accepted(job)).isFalse();

        // And the key begins a new job
        String key = "untaken" + (refused.size() - 1);
        Await.until(() ->
                jobs.ask(two, "nonce=untaken", "Idempotency-Key", key).join().status() == 200);
    }

    /** Limits the size of the queue's records. */
    private static void limitRecords(String bytes, AlterConfigOp.OpType set) throws Exception {
        var queue =
                new ConfigResource(ConfigResource.Type.TOPIC, TOPICS.queue(Cluster.MODEL.name()));
        var limit = new AlterConfigOp(new ConfigEntry("max.message.bytes", bytes), set);
        try (var admin = cluster.clients().admin()) {
            admin.incrementalAlterConfigs(Map.of(queue, List.of(limit))).all().get();
        }
    }

    /** Retries once after a 503, as an SDK does. */
    private static Jobs.Reply retry(URI api, String nonce) {
        String script = "nonce=" + nonce + " sleep=200";
        Jobs.Reply reply = jobs.ask(api, script, "Idempotency-Key", nonce).join();
        return reply.status() == 503
                ? jobs.ask(api, script, "Idempotency-Key", nonce).join()
                : reply;
    }

    @Test
    @DisplayName("R90: a worker claims only the jobs of its own models")
    void aWorkerClaimsOnlyTheJobsOfItsModels() throws Exception {
        // Given a job of another model in the queue of that model
        var other = new ModelName("other-model");
        new EnsureTopics(cluster.clients(), Cluster.queues()).queueOf(other);
        assertThat(jobs.ask(one, "nonce=own-first").join().status()).isEqualTo(200);
        var foreign = JobId.random();
        try (var records = new RawRecords(cluster.clients())) {
            byte[] own = records.read(RawRecords.QUEUE).getFirst().value();
            Job job = copy(Codec.decode(own, Job.class), foreign, other);
            records.write(
                    new ProducerRecord<>(TOPICS.queue(other), foreign.value(), Codec.encode(job)));
        }

        // When a later job of its own model has run
        assertThat(jobs.ask(one, "nonce=own-later").join().status()).isEqualTo(200);

        // Then nothing has happened to it
        assertThat(JobEvents.read(cluster.clients()).jobs()).doesNotContain(foreign);
    }

    private static Job copy(Job job, JobId id, ModelName model) {
        return new Job(
                id,
                model,
                job.lane(),
                job.attempt(),
                job.created(),
                job.deadline(),
                job.replyTo(),
                job.earlierRuns(),
                job.replayOf(),
                job.payload());
    }

    @Test
    @DisplayName("R91: a second end, as an older API instance writes it, changes no outcome")
    void aSecondEndChangesNoOutcome() {
        // Given a job that has ended
        Jobs.Reply answer = jobs.ask(one, "nonce=ended-twice").join();
        var job = new JobId(answer.jobId());
        Await.until(() -> JobEvents.read(cluster.clients()).finished(job));

        try (var records = new RawRecords(cluster.clients());
                var chat = new Chat()) {
            Map<URI, Double> before =
                    cluster.apis().stream()
                            .collect(
                                    Collectors.toMap(
                                            Cluster.Api::management,
                                            api -> chat.metric(api.management(), LATER_ENDS)));

            // When an older instance ends it again
            var timeout = new Outcome.Failed(Failure.TIMEOUT, "no end in time");
            var end = new JobEvent.Finished(job, Cluster.MODEL.name(), Lane.NORMAL, null, timeout);
            records.write(new ProducerRecord<>(TOPICS.events(), job.value(), Codec.encode(end)));

            // Then every instance counts it, and keeps the outcome
            before.forEach(
                    (api, count) -> Await.until(() -> chat.metric(api, LATER_ENDS) >= count + 1));
        }
        for (URI instance : List.of(one, two)) {
            assertThat(jobs.status(instance, answer.jobId())).isEqualTo("completed");
        }
    }

    @Test
    @DisplayName("R56: an instance that starts later knows earlier jobs")
    void anInstanceThatStartsLaterKnowsEarlierJobs() {
        Jobs.Reply before = jobs.ask(one, "nonce=before", "Idempotency-Key", "before").join();
        URI young = cluster.api().url();

        Jobs.Reply again = jobs.ask(young, "nonce=before", "Idempotency-Key", "before").join();

        assertThat(again.status()).as(again.body().toString()).isEqualTo(200);
        assertThat(again.text()).isEqualTo("before.0 ");
        assertThat(jobs.status(young, before.jobId())).isEqualTo("completed");
        assertThat(cluster.starts("before")).hasSize(1);
    }
}
