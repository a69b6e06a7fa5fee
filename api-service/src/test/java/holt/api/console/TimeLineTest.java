package holt.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.queue.index.JobState;
import holt.api.queue.index.JobStatus;
import holt.protocol.Failure;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeLineTest {
    private static final Instant T0 = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void aJobThatWaitedSaysSo() {
        TimeLine line = line(ended(12, 2), 0);

        assertThat(line.summary())
                .isEqualTo(
                        "Most of its 14 s went into waiting for a slot: 12 s. The run took 2.0 s.");
        assertThat(line.steps())
                .extracting(TimeLine.Step::what)
                .containsExactly("Accepted", "Started", "Completed");
        assertThat(line.steps())
                .extracting(TimeLine.Step::at)
                .containsExactly(T0, T0.plusSeconds(12), T0.plusSeconds(14));
    }

    @Test
    void aJobThatRanLongSaysSo() {
        assertThat(line(ended(1, 59), 0).summary())
                .isEqualTo(
                        "Most of its 1 min went into the run: 59 s. It waited 1.0 s for a slot.");
    }

    @Test
    void thePartsOfTheBarFillIt() {
        assertThat(line(ended(3, 1), 0).parts())
                .containsExactly(
                        new TimeLine.Part("wait", "0.00%", "75.00%", "Waited 3.0 s"),
                        new TimeLine.Part("run", "75.00%", "25.00%", "Ran 1.0 s"));
    }

    @Test
    void aJobThatTookSeveralAttemptsNamesThem() {
        JobState job =
                TestJobs.job(
                        "j",
                        JobStatus.COMPLETED,
                        T0,
                        T0.plusSeconds(40),
                        null,
                        TestJobs.run(1, T0.plusSeconds(1), Failure.WORKER_FAILED),
                        TestJobs.run(2, T0.plusSeconds(35), null));

        TimeLine line = line(job, 0);

        assertThat(line.summary())
                .startsWith("Most of its 40 s went into attempts before the last one: 34 s.");
        assertThat(line.steps().get(1).note())
                .isEqualTo("on worker w; it failed with worker_failed");
        assertThat(line.parts())
                .extracting(TimeLine.Part::kind)
                .containsExactly("wait", "repeat", "run");
    }

    @Test
    void aQueuedJobTellsItsPlace() {
        assertThat(line(TestJobs.job("j", JobStatus.QUEUED, T0, null, null), 15).summary())
                .isEqualTo(
                        "It has waited 15 s. About 2 jobs are ahead of it, and it starts in about 20 s.");
    }

    @Test
    void aRunningJobTellsForHowLong() {
        JobState job =
                TestJobs.job(
                        "j",
                        JobStatus.RUNNING,
                        T0,
                        null,
                        null,
                        TestJobs.run(1, T0.plusSeconds(2), null));

        assertThat(line(job, 15).summary()).isEqualTo("It waited 2.0 s and has run for 13 s.");
    }

    @Test
    void aJobThatNeverRanSaysSo() {
        JobState job = TestJobs.job("j", JobStatus.CANCELLED, T0, T0.plusSeconds(5), null);

        assertThat(line(job, 0).summary()).isEqualTo("It ended after 5.0 s without a run.");
    }

    private static JobState ended(int waited, int ran) {
        return TestJobs.ended(
                "j", JobStatus.COMPLETED, T0, Duration.ofSeconds(waited), Duration.ofSeconds(ran));
    }

    private static TimeLine line(JobState job, int age) {
        return TimeLine.of(job, T0.plusSeconds(age));
    }
}
