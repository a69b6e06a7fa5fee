package holt.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import holt.system.rig.Cluster;
import holt.system.rig.check.Invariants;
import holt.system.rig.check.Load;
import holt.system.rig.check.WaitingCounts;
import holt.system.rig.http.Chat;
import holt.system.rig.time.Pause;
import holt.system.rig.time.Stopwatch;
import holt.system.rig.topics.JobEvents;
import holt.system.rig.topics.Replicas;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Leaders move to other brokers, as operators and Kafka itself move them. */
@Tag("alone")
@Tag("cluster")
@Timeout(180)
class MovedLeadersIT {
    private static final int STREAMS = 16;
    private static final int JOBS = 64;
    private static final int MOVES = 5;
    private static final Duration BETWEEN_MOVES = Duration.ofSeconds(8);

    @TempDir Path directory;

    @Test
    void noStreamBreaksAndNoJobEndsTwice() {
        try (var cluster = Cluster.onThreeBrokers(directory);
                var chat = new Chat()) {
            // Given streams that no second run could continue, and short jobs
            cluster.api();
            cluster.worker(STREAMS);
            cluster.worker(STREAMS);
            var streams =
                    new Load(
                            cluster,
                            chat,
                            STREAMS,
                            i ->
                                    "nonce=stream"
                                            + i
                                            + " varied=true stream=true sleep=5000 words=50");
            var jobs =
                    new Load(
                            cluster,
                            chat,
                            JOBS,
                            i -> "nonce=job" + i + " varied=true sleep=" + (100 + i * 37 % 800));

            // When
            int moved = 0;
            JobEvents before;
            try (streams;
                    jobs) {
                Pause.of(BETWEEN_MOVES).await();
                before = JobEvents.read(cluster.clients());
                for (int i = 0; i < MOVES; i++) {
                    Pause.of(BETWEEN_MOVES).await();
                    moved += Replicas.moveLeaders(cluster.clients());
                }
                Pause.of(BETWEEN_MOVES).await();
            }

            // Then
            JobEvents events = JobEvents.read(cluster.clients());
            Stopwatch.print("leaders moved", moved);
            Stopwatch.print("jobs, streams", jobs.answered() + ", " + streams.answered());
            Stopwatch.print("jobs started twice", events.startedTwice());
            Stopwatch.print("of these, in the same run", events.withRepeatedRun().size());
            Stopwatch.print("jobs finished twice", events.laterOutcomes());
            assertThat(streams.failures()).as("broken streams").isEmpty();
            assertThat(jobs.failures()).as("failed jobs").isEmpty();
            assertThat(events.laterOutcomes()).as("jobs finished twice").isZero();
            assertThat(events.startedTwice() * 1000)
                    .as("jobs started twice, in a thousand")
                    .isLessThanOrEqualTo(3 * events.jobs().size());
            assertThat(before.finished()).isNotEmpty();
            assertThat(before.finished())
                    .as("runs of the jobs that had ended before")
                    .allMatch(job -> events.runs(job) == 1);
            new Invariants(cluster, chat).check();
            new WaitingCounts(cluster).check();
        }
    }
}
