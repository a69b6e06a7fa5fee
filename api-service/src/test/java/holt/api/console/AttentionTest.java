package holt.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.controls.Control;
import holt.api.queue.QueueState;
import holt.api.queue.index.JobState;
import holt.api.queue.index.JobStatus;
import holt.protocol.Heartbeat;
import holt.protocol.ModelName;
import holt.protocol.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttentionTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final List<Heartbeat.OfWorker> LIVE =
            List.of(worker(Heartbeat.WorkerState.SERVING));

    @Test
    void aHealthySystemNeedsNothing() {
        assertThat(notes(queue(4, 3, Duration.ofSeconds(2)), LIVE, 0)).isEmpty();
    }

    @Test
    void aSystemWithoutWorkersSaysSoOnce() {
        assertThat(notes(queue(0, 0, null), List.of(), 0))
                .containsExactly("No worker is live, so every new job waits.");
    }

    @Test
    void jobsOfAModelWithoutWorkerAreNamed() {
        assertThat(notes(queue(0, 5, null), LIVE, 0))
                .containsExactly("m: 5 jobs wait, and no live worker serves this model.");
    }

    @Test
    void aLongWaitTellsHowManySlotsAreMissing() {
        assertThat(notes(queue(4, 100, Duration.ofMinutes(2)), LIVE, 0))
                .containsExactly(
                        "m: a new job waits about 2 min. 13 more slots would bring that under 30 s.");
    }

    @Test
    void aDrainingWorkerIsNamed() {
        assertThat(
                        notes(
                                queue(4, 0, Duration.ZERO),
                                List.of(worker(Heartbeat.WorkerState.DRAINING)),
                                0))
                .containsExactly("Worker w drains: it ends its jobs and takes no new ones.");
    }

    @Test
    void oneFailureInFiftyJobsIsNoNews() {
        assertThat(notes(queue(4, 0, Duration.ZERO), LIVE, 1)).isEmpty();
    }

    @Test
    void manyFailuresAreCountedByReason() {
        assertThat(notes(queue(4, 0, Duration.ZERO), LIVE, 10))
                .containsExactly(
                        "10 of the newest 50 ended jobs failed or expired, most of them with worker_failed, all of m.");
    }

    @Test
    void aPausedModelIsNamedWithTheReasonAlone() {
        var pause = new Control.Pause(new ModelName("m"), "new weights come", "k1", NOW);

        assertThat(notes(queue(4, 100, Duration.ofMinutes(2)), List.of(pause), LIVE, 0))
                .containsExactly(
                        "m is paused: New weights come. Its jobs wait until somebody resumes it.");
    }

    private static List<String> notes(
            QueueState queue, List<Heartbeat.OfWorker> workers, int failed) {
        return notes(queue, List.of(), workers, failed);
    }

    private static List<String> notes(
            QueueState queue,
            List<Control.Pause> pauses,
            List<Heartbeat.OfWorker> workers,
            int failed) {
        var jobs = new ArrayList<JobState>();
        for (int i = 0; i < 50; i++) {
            jobs.add(
                    TestJobs.ended(
                            "j" + i,
                            i < failed ? JobStatus.FAILED : JobStatus.COMPLETED,
                            NOW.minusSeconds(i + 1),
                            Duration.ZERO,
                            Duration.ZERO));
        }
        return Attention.of(
                        List.of(queue),
                        pauses,
                        workers,
                        new MeasureJobs.Sample(jobs, NOW.minusSeconds(3600), NOW))
                .stream()
                .map(Attention.Note::text)
                .toList();
    }

    private static QueueState queue(int slots, long queued, Duration wait) {
        return new QueueState(new ModelName("m"), slots, queued, 0, wait);
    }

    private static Heartbeat.OfWorker worker(Heartbeat.WorkerState state) {
        return new Heartbeat.OfWorker(new WorkerId("w"), state, List.of());
    }
}
