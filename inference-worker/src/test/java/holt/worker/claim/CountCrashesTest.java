package holt.worker.claim;

import static holt.worker.TestJobs.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.ClaimId;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import holt.protocol.WorkerId;
import holt.worker.TestJobs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CountCrashesTest {
    private final List<JobEvent> log = new ArrayList<>();
    private final List<Instant> reads = new ArrayList<>();
    private final CountCrashes count =
            new CountCrashes((since, reader) -> {
                reads.add(since);
                log.forEach(reader);
            });
    private final Job job = TestJobs.job();

    @Test
    @DisplayName("R51: for the first two deliveries of a record, crashes = delivery count - 1")
    void theFirstTwoDeliveriesNeedNoLookAtTheLog() throws Exception {
        assertThat(crashes(job, 1)).isZero();
        assertThat(crashes(job, 2)).isEqualTo(1);
        assertThat(reads).isEmpty();
    }

    @Test
    @DisplayName(
            "R52: from the third delivery on, crashes = the starts without an end in holt.events")
    void laterDeliveriesCountTheStartsInTheLog() throws Exception {
        log.add(started(job.id(), 1));
        log.add(started(job.id(), 2));

        assertThat(crashes(job, 7)).isEqualTo(2);
    }

    @Test
    @DisplayName("R52: crashes are at most delivery count - 1")
    void theDeliveriesAreTheUpperBound() throws Exception {
        log.add(started(job.id(), 1));
        log.add(started(job.id(), 2));
        log.add(started(job.id(), 3));

        assertThat(crashes(job, 3)).isEqualTo(2);
    }

    @Test
    void aFirstRunWithoutAnEventCounts() throws Exception {
        assertThat(crashes(job, 5)).isEqualTo(1);

        log.add(started(job.id(), 2));
        assertThat(crashes(job, 5)).isEqualTo(2);
    }

    @Test
    void aStartThatIsInTheLogTwiceCountsOnce() throws Exception {
        log.add(started(job.id(), 1));
        log.add(started(job.id(), 1));

        assertThat(crashes(job, 5)).isEqualTo(1);
    }

    @Test
    void otherJobsAndOtherEventsDoNotCount() throws Exception {
        log.add(started(new JobId("other"), 2));
        log.add(
                new JobEvent.Finished(
                        job.id(), job.model(), job.lane(), 0, null, new Outcome.Cancelled()));

        assertThat(crashes(job, 5)).isEqualTo(1);
    }

    @Test
    void onlyStartsOfThePresentAttemptCount() throws Exception {
        Instant failedAt = NOW.plusSeconds(20);
        Job second =
                job.nextAttempt(
                        new Job.FailedRun(new WorkerId("w"), 1, failedAt, Failure.WORKER_FAILED));
        log.add(started(job.id(), 1));
        log.add(started(job.id(), 2));
        log.add(started(job.id(), 3));

        assertThat(crashes(second, 5)).isEqualTo(2);
        assertThat(reads).containsExactly(failedAt);
        assertThat(crashes(job, 5)).isEqualTo(3);
        assertThat(reads).containsExactly(failedAt, NOW);
    }

    @Test
    void anUnreadableLogFailsTheCount() {
        var broken =
                new CountCrashes((_, _) -> {
                    throw new KafkaException("away");
                });

        assertThat(broken.before(job, 3))
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .withRootCauseInstanceOf(KafkaException.class);
    }

    private int crashes(Job of, int deliveries) throws Exception {
        return count.before(of, deliveries).get(10, TimeUnit.SECONDS);
    }

    private static JobEvent started(JobId job, int run) {
        return new JobEvent.Started(
                job,
                TestJobs.MODEL,
                TestJobs.job().lane(),
                0,
                new ClaimId("c" + run),
                new WorkerId("w"),
                run);
    }
}
