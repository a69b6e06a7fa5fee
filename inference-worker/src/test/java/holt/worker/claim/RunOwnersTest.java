package holt.worker.claim;

import static holt.worker.TestJobs.NOW;
import static holt.worker.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.ClaimId;
import holt.protocol.Failure;
import holt.protocol.InstanceId;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.Outcome;
import holt.protocol.WorkerId;
import holt.worker.TestJobs;
import holt.worker.report.ClaimedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RunOwnersTest {
    private static final WorkerId OTHER = new WorkerId("other");
    private static final Job JOB = job();

    private final RunOwners owners = new RunOwners(2, NOW);
    private long offset = 10;

    @Test
    @DisplayName("R50: the first Started of a run in log order owns the run")
    void theFirstStartOwnsTheRun() {
        OpenClaim mine = claim(JOB, "mine");
        CompletableFuture<Boolean> first = owners.register(mine);
        assertThat(first).isNotDone();

        apply(started(JOB, "mine"));

        assertThat(first.join()).isTrue();
        assertThat(mine.whyStopped()).isNull();
    }

    @Test
    @DisplayName("R50: a claim whose Started comes second does not own the run")
    void aSecondStartOwnsNothing() {
        OpenClaim mine = claim(JOB, "mine");
        CompletableFuture<Boolean> first = owners.register(mine);

        apply(started(JOB, "other"));
        apply(started(JOB, "mine"));

        assertThat(first.join()).isFalse();
        assertThat(mine.whyStopped()).isEqualTo(OpenClaim.Stop.SUPERSEDED);
    }

    @Test
    void aClaimNeedNotReadItsStartBackOnceItHasReadAllBeforeIt() {
        CompletableFuture<Boolean> first = owners.register(claim(JOB, "mine"));
        OpenClaim mine = claim(JOB, "mine");
        apply(started(named("earlier"), "x"));

        owners.confirmed(mine, 0, offset + 1, NOW);
        assertThat(first).isNotDone();
        owners.confirmed(mine, 1, offset, NOW);
        assertThat(first).isNotDone();
        owners.confirmed(mine, 0, offset, NOW);

        assertThat(first.join()).isTrue();
        assertThat(owners.isTaken(JOB.id(), 1)).isTrue();
    }

    @Test
    void aClaimKnowsBeforeItReadsItsStartBackThatAnotherWasFirst() {
        OpenClaim mine = claim(JOB, "mine");
        CompletableFuture<Boolean> first = owners.register(mine);
        apply(started(JOB, "other"));

        owners.confirmed(mine, 0, offset, NOW);

        assertThat(first.join()).isFalse();
    }

    @Test
    @DisplayName("R51: a worker stops a run when the log shows a later run of the job")
    void aLaterRunStopsAnEarlierOne() {
        OpenClaim mine = claim(JOB, "mine");
        owners.register(mine);
        apply(started(JOB, "mine"));

        apply(started(next(JOB), "other"));

        assertThat(mine.whyStopped()).isEqualTo(OpenClaim.Stop.SUPERSEDED);
    }

    @Test
    void anEarlierRunThatIsReadLateStopsNoLaterOne() {
        OpenClaim mine = claim(next(JOB), "mine");
        CompletableFuture<Boolean> first = owners.register(mine);

        apply(started(JOB, "other"));
        assertThat(mine.whyStopped()).isNull();
        apply(started(next(JOB), "mine"));

        assertThat(first.join()).isTrue();
    }

    @Test
    @DisplayName("R51: a worker stops a run whose job has ended")
    void anEndStopsTheRun() {
        OpenClaim mine = claim(JOB, "mine");
        owners.register(mine);
        apply(started(JOB, "mine"));

        apply(finished(JOB, null));

        assertThat(mine.whyStopped()).isEqualTo(OpenClaim.Stop.SUPERSEDED);
    }

    @Test
    void itsOwnEndStopsNoClaim() {
        OpenClaim mine = claim(JOB, "mine");
        owners.register(mine);
        apply(started(JOB, "mine"));

        apply(finished(JOB, "mine"));

        assertThat(mine.whyStopped()).isNull();
    }

    @Test
    @DisplayName("R51: a worker that is taken for dead stops its run")
    void aRunThatIsStartedAgainElsewhereStops() {
        OpenClaim mine = claim(JOB, "mine");
        owners.register(mine);
        apply(started(JOB, "mine"));

        apply(
                new JobEvent.Requeued(
                        JOB.id(),
                        JOB.model(),
                        JOB.lane(),
                        new ClaimId("mine"),
                        Failure.WORKER_FAILED));

        assertThat(mine.whyStopped()).isEqualTo(OpenClaim.Stop.SUPERSEDED);
    }

    @Test
    @DisplayName("R52: a record whose run has a Started, or whose job has ended, is taken")
    void aRunIsTakenOnceItIsStartedOrItsJobHasEnded() {
        assertThat(owners.isTaken(JOB.id(), 1)).isFalse();

        apply(started(JOB, "other"));
        assertThat(owners.isTaken(JOB.id(), 1)).isTrue();
        assertThat(owners.isTaken(JOB.id(), 2)).isFalse();

        apply(finished(JOB, "other"));
        assertThat(owners.isTaken(JOB.id(), 2)).isTrue();
    }

    @Test
    void aKeyThatIsUsedAgainAfterItsJobWasForgottenRunsAgain() {
        apply(started(JOB, "first"));
        apply(finished(JOB, "first"));

        apply(
                new JobEvent.Claimed(
                        JOB.id(),
                        JOB.model(),
                        JOB.lane(),
                        new InstanceId("i"),
                        JOB.deadline(),
                        "fingerprint"));

        assertThat(owners.isTaken(JOB.id(), 1)).isFalse();
    }

    @Test
    void aForgottenClaimIsNotStopped() {
        OpenClaim mine = claim(JOB, "mine");
        owners.register(mine);
        owners.forget(mine);

        apply(finished(JOB, null));

        assertThat(mine.whyStopped()).isNull();
    }

    @Test
    void itKnowsHowFarBackItRemembers() {
        apply(started(named("a"), "1"), NOW);
        assertThat(owners.knowsAllSince(NOW)).isTrue();
        assertThat(owners.knowsAllSince(NOW.minusMillis(1))).isFalse();

        apply(started(named("b"), "2"), NOW.plusSeconds(1));
        apply(started(named("c"), "3"), NOW.plusSeconds(2));
        assertThat(owners.isTaken(named("a").id(), 1)).isFalse();
        apply(started(named("d"), "4"), NOW.plusSeconds(3));

        assertThat(owners.knowsAllSince(NOW)).isFalse();
        assertThat(owners.knowsAllSince(NOW.plusSeconds(1))).isTrue();
    }

    private void apply(JobEvent event) {
        apply(event, NOW);
    }

    private void apply(JobEvent event, Instant at) {
        owners.apply(event, 0, offset++, at);
    }

    private static Job named(String id) {
        return job(id, Duration.ofMinutes(1), TestJobs.job().payload());
    }

    private static Job next(Job job) {
        return job.nextAttempt(new Job.EarlierRun(null, NOW, Failure.WORKER_FAILED));
    }

    private static OpenClaim claim(Job job, String id) {
        return new OpenClaim(new ClaimedJob(job, new ClaimId(id), 0, 0));
    }

    private static JobEvent started(Job job, String claim) {
        return new ClaimedJob(job, new ClaimId(claim), 0, 0).started(OTHER);
    }

    private static JobEvent finished(Job job, @Nullable String claim) {
        return new JobEvent.Finished(
                job.id(),
                job.model(),
                job.lane(),
                claim == null ? null : new ClaimId(claim),
                new Outcome.Cancelled());
    }
}
