package holt.api.queue.index;

import static holt.api.queue.index.JobStatus.CANCELLED;
import static holt.api.queue.index.JobStatus.COMPLETED;
import static holt.api.queue.index.JobStatus.EXPIRED;
import static holt.api.queue.index.JobStatus.FAILED;
import static holt.api.queue.index.JobStatus.QUEUED;
import static holt.api.queue.index.JobStatus.RUNNING;
import static holt.api.queue.index.JobStatus.WAITING_RETRY;
import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.ClaimId;
import holt.protocol.Failure;
import holt.protocol.InstanceId;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.ResponseFormat;
import holt.protocol.StoredObject;
import holt.protocol.WorkerId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each status with each event, as docs/protocol.md has it. */
class JobLifeTest {
    private static final Set<JobStatus> OPEN = EnumSet.of(QUEUED, RUNNING, WAITING_RETRY);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final JobId JOB = new JobId("a");
    private static final ModelName MODEL = new ModelName("m");
    private static final InstanceId INSTANCE = new InstanceId("i");
    private static final ClaimId CLAIM = new ClaimId("c");

    private static final JobEvent CLAIMED =
            new JobEvent.Claimed(JOB, MODEL, Lane.NORMAL, INSTANCE, NOW, "fingerprint");
    private static final JobEvent ACCEPTED =
            new JobEvent.Accepted(JOB, MODEL, Lane.NORMAL, INSTANCE, NOW);
    private static final JobEvent STARTED =
            new JobEvent.Started(JOB, MODEL, Lane.NORMAL, CLAIM, new WorkerId("w"), 1, 0, 7);
    private static final JobEvent RETRYING =
            new JobEvent.Retrying(JOB, MODEL, Lane.NORMAL, CLAIM, Failure.WORKER_FAILED, NOW);

    private static final Map<Outcome, JobStatus> ENDS =
            Map.of(
                    new Outcome.ChatCompleted(
                            "x", Outcome.FinishReason.STOP, new Outcome.Usage(1, 1)),
                    COMPLETED,
                    new Outcome.ImagesCompleted(List.of(), ResponseFormat.URL),
                    COMPLETED,
                    new Outcome.Stored(new StoredObject("claims/x", 1, "00")),
                    COMPLETED,
                    new Outcome.Cancelled(),
                    CANCELLED,
                    new Outcome.Failed(Failure.TIMEOUT, "late"),
                    EXPIRED,
                    new Outcome.Failed(Failure.WORKER_FAILED, "died"),
                    FAILED,
                    new Outcome.Failed(Failure.OVERLOADED, "not confirmed"),
                    FAILED);

    static Stream<Arguments> open() {
        return OPEN.stream()
                .flatMap(status ->
                        Stream.concat(
                                Stream.of(
                                        Arguments.of(status, CLAIMED, status),
                                        Arguments.of(status, ACCEPTED, status),
                                        Arguments.of(status, STARTED, RUNNING),
                                        Arguments.of(status, RETRYING, WAITING_RETRY)),
                                ENDS.entrySet().stream()
                                        .map(end ->
                                                Arguments.of(
                                                        status,
                                                        finished(end.getKey()),
                                                        end.getValue()))));
    }

    static Stream<Arguments> ended() {
        return EnumSet.complementOf(EnumSet.copyOf(OPEN)).stream()
                .flatMap(status ->
                        Stream.concat(
                                Stream.of(CLAIMED, ACCEPTED, STARTED, RETRYING)
                                        .map(event -> Arguments.of(status, event)),
                                ENDS.keySet().stream()
                                        .map(end -> Arguments.of(status, finished(end)))));
    }

    @ParameterizedTest
    @MethodSource("open")
    void anOpenJobTakesEveryEvent(JobStatus before, JobEvent event, JobStatus after) {
        assertThat(JobLife.after(before, event)).isEqualTo(after);
    }

    @ParameterizedTest
    @MethodSource("ended")
    void anEndedJobRefusesEveryEvent(JobStatus before, JobEvent event) {
        assertThat(JobLife.after(before, event)).isNull();
    }

    @Test
    void aJobIsQueuedFirst() {
        assertThat(JobLife.FIRST).isEqualTo(QUEUED);
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void onlyATimeoutExpiresAJobAndOnlyAnUnqueuedOneNeverRan(Failure reason) {
        var outcome = new Outcome.Failed(reason, "x");

        assertThat(JobLife.after(RUNNING, finished(outcome)))
                .isEqualTo(reason == Failure.TIMEOUT ? EXPIRED : FAILED);
        assertThat(JobLife.neverRan(outcome)).isEqualTo(reason == Failure.OVERLOADED);
    }

    @Test
    void onlyAFailureCanMeanThatAJobNeverRan() {
        assertThat(ENDS.keySet())
                .filteredOn(JobLife::neverRan)
                .containsExactly(new Outcome.Failed(Failure.OVERLOADED, "not confirmed"));
    }

    @Test
    void theEndsAreTheStatusesThatRefuseEvents() {
        for (JobStatus status : JobStatus.values()) {
            assertThat(status.isEnd()).isEqualTo(JobLife.after(status, STARTED) == null);
        }
    }

    private static JobEvent finished(Outcome outcome) {
        return new JobEvent.Finished(JOB, MODEL, Lane.NORMAL, null, outcome);
    }
}
