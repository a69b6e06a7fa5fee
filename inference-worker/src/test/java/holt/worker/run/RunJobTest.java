package holt.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.ClaimId;
import holt.protocol.Codec;
import holt.protocol.Command;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobId;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.Payload;
import holt.protocol.ReplyAddress;
import holt.protocol.StoredObject;
import holt.protocol.Task;
import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunJobTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Task.Chat CHAT =
            new Task.Chat(
                    List.of(new Task.ChatMessage("user", "Hi")),
                    new Task.Sampling(0, 1, null),
                    null,
                    List.of(),
                    false);

    private final FakeTextEngine engine = new FakeTextEngine();
    private final ChatRunner runner =
            new ChatRunner(
                    new KnownModel(new ModelName("m"), KnownModel.Kind.CHAT, "", NOW, 64, 8),
                    engine,
                    100);
    private final Revocations revocations = new Revocations();
    private final InMemoryObjectStore objects = new InMemoryObjectStore();
    private final ClaimCheck claims = new ClaimCheck(objects, InstantSource.fixed(NOW));
    private final RunJob run = new RunJob(revocations, claims, InstantSource.fixed(NOW));

    @AfterEach
    void close() {
        run.close();
    }

    @Test
    void aRevokedOrExpiredJobIsNotStarted() {
        Job job = job(Duration.ofSeconds(1), new Payload.Inline(CHAT));
        assertThat(run.refusal(job)).isNull();

        revocations.apply(new Command.Cancel(job.id(), job.deadline()), NOW);
        assertThat(run.refusal(job)).isEqualTo(new Outcome.Cancelled());

        assertThat(run.refusal(job("late", Duration.ofMillis(-1), new Payload.Inline(CHAT))))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Failure.TIMEOUT));
    }

    @Test
    void aJobIsLongOverTwoMinutesAfterItsDeadline() {
        assertThat(run.isLongOver(job("a", Duration.ofSeconds(-120), new Payload.Inline(CHAT))))
                .isFalse();
        assertThat(run.isLongOver(job("b", Duration.ofSeconds(-121), new Payload.Inline(CHAT))))
                .isTrue();
    }

    @Test
    void aRevocationStopsARunningJob() {
        Job job = job(Duration.ofMinutes(1), new Payload.Inline(CHAT));
        ModelRunner.Running running = start(job);

        revocations.apply(new Command.Cancel(job.id(), job.deadline()), NOW);

        assertThat(running.outcome().join()).isEqualTo(new Outcome.Cancelled());
        assertThat(engine.cancelled).containsExactly("claim");
    }

    @Test
    void aRevocationIsForgottenAfterItsJobsDeadline() {
        var job = new JobId("j");
        revocations.apply(new Command.Cancel(job, NOW.plusSeconds(10)), NOW);
        assertThat(revocations.contains(job)).isTrue();

        revocations.apply(
                new Command.Cancel(new JobId("other"), NOW.plusSeconds(100)), NOW.plusSeconds(60));

        assertThat(revocations.contains(job)).isFalse();
        assertThat(revocations.contains(new JobId("other"))).isTrue();
    }

    @Test
    void theDeadlineEndsARunningJobAndStopsTheEngine() throws Exception {
        ModelRunner.Running running = start(job(Duration.ofMillis(50), new Payload.Inline(CHAT)));

        Outcome outcome = running.outcome().get(10, TimeUnit.SECONDS);

        assertThat(((Outcome.Failed) outcome).reason()).isEqualTo(Failure.TIMEOUT);
        assertThat(engine.cancelled.poll(10, TimeUnit.SECONDS)).isEqualTo("claim");
    }

    @Test
    void aLargeRequestIsFetchedFromTheStore() {
        StoredObject stored = claims.put(Codec.encode(CHAT));

        start(job(Duration.ofMinutes(1), new Payload.Stored(stored)));

        assertThat(engine.requests).hasSize(1);
    }

    @Test
    void aJobThatIsHandedBackWhileTheStoreIsAskedIsStoppedAsSoonAsItHasBegun() throws Exception {
        StoredObject stored = claims.put(Codec.encode(CHAT));
        objects.fallSilent();
        CompletableFuture<ModelRunner.Running> starting =
                starting(job(Duration.ofMinutes(1), new Payload.Stored(stored)));
        assertThat(starting).isNotDone();

        assertThat(starting.cancel(false)).isTrue();
        objects.answer();

        assertThat(engine.cancelled.poll(10, TimeUnit.SECONDS)).isEqualTo("claim");
    }

    @Test
    void aLargeRequestThatIsGoneFailsForGood() {
        var gone = new StoredObject("claims/none", 1, "00");

        Outcome outcome =
                start(job(Duration.ofMinutes(1), new Payload.Stored(gone))).outcome().join();

        assertThat(((Outcome.Failed) outcome).reason()).isEqualTo(Failure.SERVER_ERROR);
        assertThat(engine.requests).isEmpty();
    }

    private ModelRunner.Running start(Job job) {
        return starting(job).join();
    }

    private CompletableFuture<ModelRunner.Running> starting(Job job) {
        return run.start(new ClaimedJob(job, new ClaimId("claim"), 0, 1), runner, _ -> {});
    }

    private static Job job(Duration left, Payload payload) {
        return job("j", left, payload);
    }

    private static Job job(String id, Duration left, Payload payload) {
        return new Job(
                new JobId(id),
                new ModelName("m"),
                Lane.NORMAL,
                1,
                NOW,
                NOW.plus(left),
                new ReplyAddress(0, "e"),
                List.of(),
                null,
                payload);
    }
}
