package holt.api.queue.index;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.models.LiveWorkers;
import holt.protocol.ClaimId;
import holt.protocol.Failure;
import holt.protocol.InstanceId;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which run of a job counts. */
class JobRunsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final JobId JOB = new JobId("j");
    private static final ModelName MODEL = new ModelName("m");

    private Instant now = NOW;
    private final InstantSource clock = () -> now;
    private final JobIndex index =
            new JobIndex(
                    clock,
                    new LiveWorkers(clock, Duration.ofSeconds(3)),
                    new Retention(Duration.ofDays(1), Duration.ofDays(1)),
                    Duration.ofDays(1),
                    new MemoryJobStore());

    @BeforeEach
    void catchUp() {
        index.caughtUp();
    }

    @Test
    @DisplayName("R50: the first Started of a run in log order owns the run")
    void aSecondStartOfARunChangesNothing() {
        assertThat(apply(started("first", 1))).isTrue();

        assertThat(apply(started("second", 1))).isFalse();

        assertThat(owner()).isEqualTo(new ClaimId("first"));
        assertThat(index.find(JOB).attempts()).hasSize(1);
    }

    @Test
    void aLaterRunTakesOver() {
        apply(started("first", 1));

        apply(started("second", 2));

        assertThat(owner()).isEqualTo(new ClaimId("second"));
    }

    @Test
    @DisplayName("R68: a job that was handed back is queued again")
    void aRunThatIsHandedBackLeavesTheJobQueued() {
        apply(started("first", 1));

        apply(requeued("first", null));

        assertThat(index.find(JOB).status()).isEqualTo(JobStatus.QUEUED);
        assertThat(index.running()).isEmpty();
        assertThat(index.find(JOB).attempts().getFirst().failure()).isNull();
    }

    @Test
    void aCrashIsShownAsTheRunsFailure() {
        apply(started("first", 1));

        apply(requeued("first", Failure.WORKER_FAILED));

        assertThat(index.find(JOB).attempts().getFirst().failure())
                .isEqualTo(Failure.WORKER_FAILED);
    }

    @Test
    void whatAnEarlierClaimWritesLateChangesNothing() {
        apply(started("first", 1));
        apply(started("second", 2));

        assertThat(apply(requeued("first", Failure.WORKER_FAILED))).isFalse();
        assertThat(
                        apply(
                                new JobEvent.Retrying(
                                        JOB,
                                        MODEL,
                                        Lane.NORMAL,
                                        new ClaimId("first"),
                                        Failure.WORKER_FAILED,
                                        NOW)))
                .isFalse();

        assertThat(index.find(JOB).status()).isEqualTo(JobStatus.RUNNING);
    }

    @Test
    void aJobWhoseKeyIsUsedAgainAfterItsOutcomesTimeBeginsAnew() {
        apply(started("first", 1));
        apply(
                new JobEvent.Finished(
                        JOB, MODEL, Lane.NORMAL, new ClaimId("first"), new Outcome.Cancelled()));
        now = NOW.plus(Duration.ofDays(1)).plusMillis(1);

        index.apply(started("late", 2), new EventPlace(0, 8), now);
        assertThat(index.running()).isEmpty();
        index.apply(
                new JobEvent.Claimed(
                        JOB,
                        MODEL,
                        Lane.NORMAL,
                        new InstanceId("i"),
                        now.plusSeconds(170),
                        "fingerprint"),
                new EventPlace(0, 9),
                now);
        index.apply(started("again", 1), new EventPlace(0, 10), now);

        assertThat(index.find(JOB).status()).isEqualTo(JobStatus.RUNNING);
        assertThat(owner()).isEqualTo(new ClaimId("again"));
    }

    @Test
    void nothingRunsBeforeTheLogHasBeenRead() {
        var starting =
                new JobIndex(
                        clock,
                        new LiveWorkers(clock, Duration.ofSeconds(3)),
                        new Retention(Duration.ofDays(1), Duration.ofDays(1)),
                        Duration.ofDays(1),
                        new MemoryJobStore());
        starting.apply(started("first", 1), new EventPlace(0, 0), NOW);

        assertThat(starting.running()).isEmpty();
        starting.caughtUp();
        assertThat(starting.running()).hasSize(1);
    }

    private boolean apply(JobEvent event) {
        return index.apply(event, new EventPlace(0, 0), NOW);
    }

    private ClaimId owner() {
        return index.running().getFirst().started().claim();
    }

    private static JobEvent started(String claim, int run) {
        return new JobEvent.Started(
                JOB, MODEL, Lane.NORMAL, new ClaimId(claim), new WorkerId("w"), run, 0, 17);
    }

    private static JobEvent requeued(String claim, @Nullable Failure reason) {
        return new JobEvent.Requeued(JOB, MODEL, Lane.NORMAL, new ClaimId(claim), reason);
    }
}
