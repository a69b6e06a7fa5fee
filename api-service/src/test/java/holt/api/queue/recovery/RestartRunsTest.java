package holt.api.queue.recovery;

import static holt.api.queue.recovery.TestRuns.DEAD_AFTER;
import static holt.api.queue.recovery.TestRuns.MODEL;
import static holt.api.queue.recovery.TestRuns.NOW;
import static holt.api.queue.recovery.TestRuns.SELF;
import static holt.api.queue.recovery.TestRuns.accepted;
import static holt.api.queue.recovery.TestRuns.job;
import static holt.api.queue.recovery.TestRuns.own;
import static holt.api.queue.recovery.TestRuns.started;
import static holt.kafka.TestTopics.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import holt.api.Instance;
import holt.api.models.LiveWorkers;
import holt.api.queue.index.EventPlace;
import holt.api.queue.index.JobIndex;
import holt.api.queue.index.MemoryJobStore;
import holt.api.queue.index.Retention;
import holt.api.queue.publish.PublishJobs;
import holt.api.queue.publish.SettleCrash;
import holt.kafka.RecordingPublisher;
import holt.protocol.ClaimId;
import holt.protocol.DeadLetter;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import holt.store.KeepPayload;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RestartRunsTest {
    private static final String QUEUE = TOPICS.queue(MODEL);

    private Instant now = NOW;
    private final InstantSource clock = () -> now;
    private final RecordingPublisher broker = new RecordingPublisher();
    private final JobIndex index =
            new JobIndex(
                    clock,
                    new LiveWorkers(clock, DEAD_AFTER),
                    new Retention(Duration.ofDays(1), Duration.ofDays(1)),
                    Duration.ofDays(1),
                    new MemoryJobStore());
    private final WatchWorkers workers = new WatchWorkers(SELF, DEAD_AFTER);
    private @Nullable Job record = job(0);
    private final RestartRuns restart =
            new RestartRuns(
                    index,
                    workers,
                    _ -> record,
                    new SettleCrash(
                            new PublishJobs(Instance.draw(), TOPICS, broker::send, broker::send),
                            new KeepPayload(new ClaimCheck(new InMemoryObjectStore(), clock)),
                            clock),
                    clock);

    @BeforeEach
    void startARun() {
        index.caughtUp();
        apply(accepted(job(0)));
        apply(started(job(0), "claim"));
    }

    @Test
    void aRunOfALivingWorkerIsLeftAlone() {
        restart.run(() -> true);

        assertThat(broker.sent()).isEmpty();
    }

    @Test
    @DisplayName("R94: a dead worker's run is made again from its record, as the next attempt")
    void aLostRunIsMadeAgain() {
        workerDies();

        restart.run(() -> true);

        Job again = broker.messages(QUEUE, Job.class).getFirst();
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.crashes()).isEqualTo(1);
        assertThat(broker.messages(TOPICS.events(), JobEvent.class))
                .containsExactly(
                        new JobEvent.Requeued(
                                again.id(),
                                MODEL,
                                again.lane(),
                                new ClaimId("claim"),
                                Failure.WORKER_FAILED));
    }

    @Test
    void aRunIsMadeAgainOnceAlthoughTheLogShowsItLate() {
        workerDies();

        restart.run(() -> true);
        restart.run(() -> true);

        assertThat(broker.messages(QUEUE, Job.class)).hasSize(1);
    }

    @Test
    void whatTheBrokerDidNotConfirmIsTriedAgain() {
        workerDies();
        broker.fail(new KafkaException("away"));
        restart.run(() -> true);
        broker.fail(null);

        restart.run(() -> true);

        assertThat(broker.messages(QUEUE, Job.class)).isNotEmpty();
    }

    @Test
    @DisplayName("R97: an instance that no longer owns the work restarts nothing")
    void onlyTheOwnerActs() {
        workerDies();

        restart.run(() -> false);

        assertThat(broker.sent()).isEmpty();
    }

    @Test
    @DisplayName("R55: a job that crashed three workers ends as worker_failed, with a dead letter")
    void aThirdCrashEndsTheJob() {
        record = job(2);
        apply(started(job(1), "second"));
        apply(started(job(2), "third"));
        workerDies();

        restart.run(() -> true);

        assertThat(broker.sent(QUEUE)).isEmpty();
        assertThat(broker.messages(TOPICS.events(), JobEvent.class))
                .singleElement()
                .isInstanceOf(JobEvent.Finished.class);
        assertThat(broker.messages(TOPICS.dead(), DeadLetter.class))
                .extracting(DeadLetter::reason)
                .containsExactly(Failure.WORKER_FAILED);
    }

    @Test
    void aQueueThatCannotBeReadIsReadAgainAfterAWhile() {
        record = null;
        workerDies();
        restart.run(() -> true);
        record = job(0);

        restart.run(() -> true);
        assertThat(broker.sent()).isEmpty();
        now = NOW.plusSeconds(5);
        restart.run(() -> true);

        assertThat(broker.messages(QUEUE, Job.class)).hasSize(1);
    }

    @Test
    void aRecordThatIsNotTheRunsIsNotPublished() {
        record = job(1);
        workerDies();

        restart.run(() -> true);

        assertThat(broker.sent()).isEmpty();
    }

    @Test
    void afterTheDeadlineNothingIsStartedAgain() {
        workerDies();
        now = job(0).deadline().plusSeconds(1);

        restart.run(() -> true);

        assertThat(broker.sent()).isEmpty();
    }

    private void workerDies() {
        for (int second = 0; second <= 4; second++) {
            workers.apply(own(), NOW.plusSeconds(second));
        }
    }

    private void apply(JobEvent event) {
        index.apply(event, new EventPlace(0, 0), NOW);
    }
}
