package holt.api.queue.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import holt.api.RequestRejectedException;
import holt.api.models.LiveWorkers;
import holt.protocol.ClaimId;
import holt.protocol.Failure;
import holt.protocol.Heartbeat;
import holt.protocol.InstanceId;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JobIndexTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ModelName MODEL = new ModelName("m");
    private static final InstanceId ONE = new InstanceId("one");
    private static final InstanceId TWO = new InstanceId("two");
    private static final Outcome DONE =
            new Outcome.ChatCompleted("x", Outcome.FinishReason.STOP, new Outcome.Usage(1, 1));
    private static final Outcome UNRUN = new Outcome.Failed(Failure.OVERLOADED, "not confirmed");

    private static final Duration DAY = Duration.ofHours(24);

    private Instant now = NOW;
    private final InstantSource clock = () -> now;
    private final LiveWorkers live = new LiveWorkers(clock, Duration.ofSeconds(6));
    private final JobIndex index =
            new JobIndex(
                    clock,
                    live,
                    new Retention(DAY, Duration.ofHours(1)),
                    DAY,
                    new MemoryJobStore());
    private long offset;

    @Test
    @DisplayName("R56: the index folds a job's events and holds where its outcome stands")
    void aJobIsFollowedFromItsAcceptanceToItsEnd() {
        apply(accepted("a"));
        assertThat(status("a")).isEqualTo(JobStatus.QUEUED);

        apply(started("a", "c1", 1));
        assertThat(status("a")).isEqualTo(JobStatus.RUNNING);

        apply(retrying("a", "c1"));
        assertThat(status("a")).isEqualTo(JobStatus.WAITING_RETRY);

        apply(started("a", "c2", 2));
        apply(finished("a", DONE));
        assertThat(status("a")).isEqualTo(JobStatus.COMPLETED);
        assertThat(index.outcome(new JobId("a"))).isEqualTo(new EventPlace(0, 4));
        assertThat(index.find(new JobId("a")).attempts())
                .extracting(JobState.Attempt::run, JobState.Attempt::failure)
                .containsExactly(tuple(1, Failure.WORKER_FAILED), tuple(2, null));
    }

    @Test
    @DisplayName("R26: the first Finished in log order is the outcome, and later ones are counted")
    void theFirstEndInLogOrderIsTheOutcomeAndLaterOnesAreCounted() {
        apply(accepted("a"));
        apply(finished("a", DONE));

        assertThat(apply(finished("a", new Outcome.Cancelled()))).isFalse();

        assertThat(status("a")).isEqualTo(JobStatus.COMPLETED);
        assertThat(index.duplicates()).isEqualTo(1);
    }

    @Test
    void aFutureIsDoneOnceTheLogShowsTheJob() throws Exception {
        CompletableFuture<Void> known = index.whenKnown(new JobId("a"));
        apply(accepted("b"));
        assertThat(known).isNotDone();

        apply(accepted("a"));

        known.get(10, TimeUnit.SECONDS);
        assertThat(index.whenKnown(new JobId("a"))).isCompleted();
    }

    @Test
    void aQuickWorkersStartedMayComeBeforeAccepted() {
        apply(started("a", "c", 1));
        apply(accepted("a"));

        assertThat(status("a")).isEqualTo(JobStatus.RUNNING);
        assertThat(index.address(new JobId("a")).deadline()).isEqualTo(NOW.plusSeconds(170));
    }

    @Test
    @DisplayName("R61: the first Claimed in log order decides")
    void theFirstClaimInLogOrderDecides() throws Exception {
        CompletableFuture<JobEvent.Claimed> seen = index.whenClaimed(new JobId("a"));
        assertThat(apply(claimed("a", TWO))).isTrue();
        assertThat(apply(claimed("a", ONE))).isFalse();

        assertThat(seen.get(5, TimeUnit.SECONDS).instance()).isEqualTo(TWO);
    }

    @Test
    @DisplayName("R62: after a job that the broker did not confirm, the key begins a new job")
    void aKeyWhoseJobCouldNotBeQueuedBeginsANewJob() {
        var key = new RequestKey("k");
        live.apply(new Heartbeat.OfApi(ONE), NOW);
        assertThat(index.idOf(key)).isEqualTo(key.job(0));

        apply(claimed(key.job(0).value(), ONE));
        assertThat(index.idOf(key)).isEqualTo(key.job(0));

        apply(finished(key.job(0).value(), UNRUN));
        assertThat(index.idOf(key)).isEqualTo(key.job(1)).isNotEqualTo(key.job(0));
    }

    @Test
    @DisplayName(
            "R62: a job whose owner died before the job was queued is a stray, but not a later one")
    void aClaimedJobOfADeadInstanceIsAStray() {
        var key = new RequestKey("k");
        index.caughtUp();
        apply(claimed(key.job(0).value(), ONE));
        assertThat(index.strays(NOW, _ -> false)).isEmpty();

        assertThat(index.strays(NOW, ONE::equals))
                .extracting(JobAddress::id)
                .containsExactly(key.job(0));
        // Its end makes the key free, not the look of a death.
        assertThat(index.idOf(key)).isEqualTo(key.job(0));

        apply(accepted(key.job(0).value()));
        assertThat(index.strays(NOW, ONE::equals)).isEmpty();
    }

    @Test
    void aPositionCountsTheJobsBeforeItAndTheRateGivesTheTime() {
        apply(accepted("a"));
        apply(accepted("b"));
        apply(accepted("c"));
        assertThat(index.find(new JobId("c")).position()).isEqualTo(3);
        assertThat(index.find(new JobId("c")).etaSeconds()).isNull();

        apply(started("a", "x", 1));

        assertThat(index.find(new JobId("b")).position()).isEqualTo(1);
        assertThat(index.find(new JobId("c")).position()).isEqualTo(2);
        // One a minute.
        assertThat(index.find(new JobId("c")).etaSeconds()).isEqualTo(120);
        assertThat(index.find(new JobId("a")).position()).isNull();
    }

    @Test
    @DisplayName(
            "R57: an ended job is remembered for the retention from its end, and one without a key whose client waited may go earlier")
    void anEndedJobIsRememberedForItsTimeFromItsEnd() {
        apply(accepted("open"));
        apply(accepted("plain"));
        apply(claimed("keyed", ONE));
        now = NOW.plus(Duration.ofHours(5));
        apply(finished("plain", DONE));
        apply(finished("keyed", DONE));

        now = NOW.plus(Duration.ofHours(6));
        assertThat(index.find(new JobId("plain"))).isNotNull();
        now = NOW.plus(Duration.ofHours(6)).plusSeconds(1);
        assertThat(index.find(new JobId("plain"))).isNull();
        assertThat(index.isForgotten(new JobId("plain"))).isTrue();

        now = NOW.plus(Duration.ofHours(29));
        assertThat(index.find(new JobId("keyed"))).isNotNull();
        now = NOW.plus(Duration.ofHours(29)).plusSeconds(1);
        assertThat(index.find(new JobId("keyed"))).isNull();
        assertThat(index.claim(new JobId("keyed"))).isNull();
        assertThat(index.find(new JobId("open"))).isNotNull();
    }

    @Test
    @DisplayName("R74: the index finds the jobs without an end after their deadline")
    void jobsWithoutAnEndLongAfterTheirDeadlineAreFound() {
        apply(accepted("a"));
        apply(accepted("b"));
        apply(finished("b", DONE));

        // As long as older events are read, an end may be among them.
        assertThat(index.strays(NOW.plusSeconds(171), _ -> false)).isEmpty();

        index.caughtUp();

        assertThat(index.strays(NOW, _ -> false)).isEmpty();
        assertThat(index.strays(NOW.plusSeconds(171), _ -> false))
                .extracting(JobAddress::id)
                .containsExactly(new JobId("a"));
    }

    @Test
    void aRunningJobHasTheLastProgressOfItsWorker() {
        apply(accepted("a"));
        apply(started("a", "c", 1));
        assertThat(index.find(new JobId("a")).progress()).isNull();

        live.apply(painting("a", 3), NOW);
        live.apply(painting("a", 4), NOW);
        assertThat(index.find(new JobId("a")).progress().done()).isEqualTo(4);

        live.apply(painting("b", 1), NOW);
        assertThat(index.find(new JobId("a")).progress()).isNull();

        live.apply(painting("a", 20), NOW);
        apply(finished("a", DONE));
        assertThat(index.find(new JobId("a")).progress()).isNull();
    }

    @Test
    @DisplayName(
            "R74: a job whose deadline is unknown counts as a stray after the longest deadline")
    void aLateEventOfAForgottenJobOpensItForTheLongestDeadlineAtMost() {
        index.caughtUp();
        apply(started("late", "c", 1));
        apply(retrying("later", "c"));

        assertThat(index.strays(NOW.plus(DAY), _ -> false)).isEmpty();
        assertThat(index.strays(NOW.plus(DAY).plusMillis(1), _ -> false))
                .extracting(JobAddress::id, JobAddress::deadline)
                .containsExactlyInAnyOrder(
                        tuple(new JobId("late"), NOW.plus(DAY)),
                        tuple(new JobId("later"), NOW.plus(DAY)));

        apply(finished("late", new Outcome.Failed(Failure.TIMEOUT, "expired")));
        assertThat(index.strays(NOW.plus(DAY).plusMillis(1), _ -> false)).hasSize(1);
    }

    @Test
    void beforeTheOldEventsAreReadAnUnknownJobIsRefusedAsOverloaded() {
        assertThatExceptionOfType(RequestRejectedException.class)
                .isThrownBy(index::requireCaughtUp)
                .satisfies(refused -> assertThat(refused.failure()).isEqualTo(Failure.OVERLOADED));

        index.caughtUp();

        index.requireCaughtUp();
    }

    private boolean apply(JobEvent event) {
        return index.apply(event, new EventPlace(0, offset++), now);
    }

    private JobStatus status(String job) {
        return index.find(new JobId(job)).status();
    }

    private static Heartbeat painting(String job, int done) {
        var model = new KnownModel(MODEL, KnownModel.Kind.IMAGE, "", NOW, 1, 1);
        return new Heartbeat.OfWorker(
                new WorkerId("w"),
                Heartbeat.WorkerState.SERVING,
                List.of(
                        new Heartbeat.Serving(
                                model,
                                1,
                                1,
                                List.of(new Heartbeat.JobProgress(new JobId(job), done, 20)),
                                List.of())));
    }

    private static JobEvent claimed(String job, InstanceId instance) {
        return new JobEvent.Claimed(
                new JobId(job), MODEL, Lane.NORMAL, instance, NOW.plusSeconds(170), "fingerprint");
    }

    private static JobEvent accepted(String job) {
        return new JobEvent.Accepted(new JobId(job), MODEL, Lane.NORMAL, ONE, NOW.plusSeconds(170));
    }

    private static JobEvent started(String job, String claim, int run) {
        return new JobEvent.Started(
                new JobId(job),
                MODEL,
                Lane.NORMAL,
                new ClaimId(claim),
                new WorkerId("w"),
                run,
                0,
                7);
    }

    private static JobEvent retrying(String job, String claim) {
        return new JobEvent.Retrying(
                new JobId(job), MODEL, Lane.NORMAL, new ClaimId(claim), Failure.WORKER_FAILED, NOW);
    }

    private static JobEvent finished(String job, Outcome outcome) {
        return new JobEvent.Finished(new JobId(job), MODEL, Lane.NORMAL, null, outcome);
    }
}
