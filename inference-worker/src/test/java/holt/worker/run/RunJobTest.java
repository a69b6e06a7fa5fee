package holt.worker.run;

import static holt.worker.TestJobs.CHAT;
import static holt.worker.TestJobs.NOW;
import static holt.worker.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Ability;
import holt.protocol.ChatMessage;
import holt.protocol.ClaimId;
import holt.protocol.Codec;
import holt.protocol.Command;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.Outcome;
import holt.protocol.Payload;
import holt.protocol.Reply;
import holt.protocol.ResponseFormat;
import holt.protocol.StoredObject;
import holt.protocol.Task;
import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import holt.worker.TestJobs;
import holt.worker.models.ChatRunner;
import holt.worker.models.FakeTextEngine;
import holt.worker.models.ModelRunner;
import holt.worker.models.ModelRunner.Running;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RunJobTest {
    private static final Duration LIFE = TestJobs.LIFE;
    private static final Job UNSEEDED =
            job(
                    new Task.Chat(
                            List.of(new ChatMessage("user", "Hi")),
                            new Task.Sampling(1, 1, null),
                            5,
                            List.of(),
                            false));

    private final FakeTextEngine engine = new FakeTextEngine();
    private final ChatRunner runner = new ChatRunner(TestJobs.CHAT_MODEL, engine, 100);
    private final Revocations revocations = new Revocations();
    private final InMemoryObjectStore objects = new InMemoryObjectStore();
    private Instant now = NOW;
    private final InstantSource clock = () -> now;
    private final ClaimCheck requests = new ClaimCheck(objects, clock);
    private final RunJob run = new RunJob(revocations, requests, clock);

    @AfterEach
    void close() {
        run.close();
    }

    @Test
    void aJobInTimeMayStart() {
        assertThat(run.refusal(job())).isNull();
        now = job().deadline();
        assertThat(run.refusal(job())).isNull();
    }

    @Test
    @DisplayName("R73: a worker does not start an expired job")
    void anExpiredJobMustNotStart() {
        now = job().deadline().plusMillis(1);

        assertThat(reason(run.refusal(job()))).isEqualTo(Failure.TIMEOUT);
    }

    @Test
    @DisplayName("R103: without a seed of its client, a chat draws the same in each run")
    void everyRunOfAJobHasTheSameSeed() {
        run.start(UNSEEDED, new ClaimId("first"), runner, _ -> {});
        run.start(UNSEEDED, new ClaimId("second"), runner, _ -> {});
        run.start(job("other", LIFE, UNSEEDED.payload()), new ClaimId("third"), runner, _ -> {});

        List<Long> seeds =
                engine.requests.stream().map(request -> request.sampling().seed()).toList();
        assertThat(seeds.get(1)).isNotNull().isEqualTo(seeds.get(0));
        assertThat(seeds.get(2)).isNotEqualTo(seeds.get(0));
    }

    @Test
    @DisplayName("R169: a worker refuses a job that needs what its model cannot do")
    void aJobThatItsModelCannotDoIsRefused() {
        Job job = job();
        Job seeing =
                new Job(
                        job.id(),
                        job.model(),
                        job.lane(),
                        1,
                        job.created(),
                        job.deadline(),
                        job.replyTo(),
                        List.of(),
                        null,
                        job.payload(),
                        Set.of(Ability.VISION),
                        null,
                        null,
                        null);

        assertThat(reason(start(seeing).result().join().outcome()))
                .isEqualTo(Failure.UNSUPPORTED_PARAMETER);
        assertThat(engine.requests).isEmpty();
    }

    @Test
    void aCancelledJobMustNotStart() {
        revocations.apply(new Command.Cancel(job().id(), job().deadline()), NOW);

        assertThat(run.refusal(job())).isEqualTo(new Outcome.Cancelled());
    }

    @Test
    @DisplayName("R69: a cancel ends a job whose result waits for the object store")
    void aCancelEndsTheWaitForTheStore() {
        Outcome result = new Outcome.ImagesCompleted(List.of(), ResponseFormat.URL);
        var storing = new CompletableFuture<Outcome>();
        assertThat(run.cancellable(job(), storing)).isSameAs(storing).isNotDone();

        revocations.apply(new Command.Cancel(job().id(), job().deadline()), NOW);

        assertThat(storing).isCompletedWithValue(new Outcome.Cancelled());
        assertThat(run.cancellable(job(), new CompletableFuture<>()))
                .isCompletedWithValue(new Outcome.Cancelled());
        assertThat(run.cancellable(job(), CompletableFuture.completedFuture(result)))
                .isCompletedWithValue(result);
    }

    @Test
    void aRunEndsWithTheEnginesResult() {
        Running running = start(job());

        engine.finish("claim");

        assertThat(running.result().join().outcome()).isInstanceOf(Outcome.ChatCompleted.class);
        assertThat(engine.requests.getFirst().priority()).isEqualTo(Lane.NORMAL.ordinal());
    }

    @Test
    @DisplayName("R73: a worker stops a job that expires")
    void theDeadlineEndsARunningJobAndStopsTheEngine() throws Exception {
        now = job().deadline().minusMillis(20);
        Running running = start(job());

        Outcome outcome = running.result().get(10, TimeUnit.SECONDS).outcome();

        assertThat(reason(outcome)).isEqualTo(Failure.TIMEOUT);
        assertThat(engine.cancelled.poll(10, TimeUnit.SECONDS)).isEqualTo("claim");
    }

    @Test
    @DisplayName("R140: a worker ends a text shortly before its deadline with what it has")
    void aTextEndsShortlyBeforeItsDeadline() throws Exception {
        now = job().deadline().minusMillis(2020);
        Running running = start(job());

        assertThat(engine.cutShort.poll(10, TimeUnit.SECONDS)).isEqualTo("claim");
        engine.finish("claim");

        assertThat(running.result().join().outcome()).isInstanceOf(Outcome.ChatCompleted.class);
        assertThat(engine.cancelled).isEmpty();
    }

    @Test
    @DisplayName("R140: the end of a job of ten seconds gets one of them")
    void theEndOfAShortJobGetsATenthOfItsTime() throws Exception {
        Job brief = job(Duration.ofSeconds(10), new Payload.Inline(CHAT));
        now = brief.deadline().minusMillis(1500);
        start(brief);
        assertThat(engine.cutShort).isEmpty();

        assertThat(engine.cutShort.poll(10, TimeUnit.SECONDS)).isEqualTo("claim");
        assertThat(engine.cancelled).isEmpty();
    }

    @Test
    @DisplayName("R72: the deadline is absolute, so a run has only the time that is left")
    void aRunOfALateClaimHasTheTimeThatIsLeft() throws Exception {
        now = job().deadline().plusMillis(1);

        Running running = start(job());

        Outcome outcome = running.result().get(10, TimeUnit.SECONDS).outcome();
        assertThat(reason(outcome)).isEqualTo(Failure.TIMEOUT);
    }

    @Test
    void aCancelStopsARunningJob() {
        Running running = start(job());

        revocations.apply(new Command.Cancel(job().id(), job().deadline()), NOW);

        assertThat(running.result().join().outcome()).isEqualTo(new Outcome.Cancelled());
        assertThat(engine.cancelled).containsExactly("claim");
    }

    @Test
    void aCancelAfterTheEndHasNoEffect() {
        Running running = start(job());
        engine.finish("claim");

        revocations.apply(new Command.Cancel(job().id(), job().deadline()), NOW);

        assertThat(running.result().join().outcome()).isInstanceOf(Outcome.ChatCompleted.class);
        assertThat(engine.cancelled).isEmpty();
    }

    @Test
    void aJobThatTheEngineDoesNotTakeIsRetried() {
        Running running =
                run.start(job(), new ClaimId("claim"), new RefusingRunner(), _ -> {}).join();

        Outcome outcome = running.result().join().outcome();
        assertThat(reason(outcome)).isEqualTo(Failure.WORKER_FAILED);
        assertThat(reason(outcome).retryable()).isTrue();
    }

    @Test
    @DisplayName("R75: a request over 64 KiB comes from the object store")
    void aLargeRequestIsFetchedFromTheStore() {
        StoredObject stored = requests.put(Codec.encode(CHAT));

        start(job(LIFE, new Payload.Stored(stored)));

        assertThat(engine.requests).hasSize(1);
    }

    @Test
    void aJobThatIsHandedBackDuringItsFetchIsStopped() throws Exception {
        StoredObject stored = requests.put(Codec.encode(CHAT));
        objects.fallSilent();
        CompletableFuture<Running> starting = starting(job(LIFE, new Payload.Stored(stored)));
        assertThat(starting).isNotDone();

        assertThat(starting.cancel(false)).isTrue();
        objects.answer();

        assertThat(engine.cancelled.poll(10, TimeUnit.SECONDS)).isEqualTo("claim");
    }

    @Test
    void aStoredRequestThatIsGoneFailsForGood() {
        var gone = new StoredObject("claims/none", 1, "00");

        Outcome outcome = start(job(LIFE, new Payload.Stored(gone))).result().join().outcome();

        assertThat(reason(outcome)).isEqualTo(Failure.SERVER_ERROR);
        assertThat(reason(outcome).retryable()).isFalse();
        assertThat(engine.requests).isEmpty();
    }

    @Test
    void aStoredRequestIsRetriedWhileTheStoreIsUnavailable() {
        StoredObject stored = requests.put(Codec.encode(CHAT));
        objects.setDown(true);

        Outcome outcome = start(job(LIFE, new Payload.Stored(stored))).result().join().outcome();

        assertThat(reason(outcome)).isEqualTo(Failure.STORAGE_UNAVAILABLE);
        assertThat(reason(outcome).retryable()).isTrue();
    }

    private Running start(Job job) {
        return starting(job).join();
    }

    private CompletableFuture<Running> starting(Job job) {
        return run.start(job, new ClaimId("claim"), runner, _ -> {});
    }

    private static Failure reason(Outcome outcome) {
        return ((Outcome.Failed) outcome).reason();
    }

    private static final class RefusingRunner implements ModelRunner {
        @Override
        public KnownModel model() {
            return TestJobs.CHAT_MODEL;
        }

        @Override
        public int slots() {
            return 1;
        }

        @Override
        public Running start(String id, Lane lane, Task task, Consumer<Reply> replies) {
            throw new IllegalStateException("no");
        }

        @Override
        public Duration sinceProgress() {
            return Duration.ZERO;
        }

        @Override
        public void close() {}
    }
}
