package holt.worker.claim;

import static holt.kafka.TestTopics.TOPICS;
import static holt.worker.TestJobs.NOW;
import static holt.worker.TestJobs.job;
import static holt.worker.TestRecords.QUEUE;
import static holt.worker.TestRecords.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import holt.kafka.RecordingPublisher;
import holt.kafka.Topics;
import holt.protocol.ClaimId;
import holt.protocol.Codec;
import holt.protocol.Command;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import holt.protocol.WorkerId;
import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import holt.worker.TestJobs;
import holt.worker.models.ChatRunner;
import holt.worker.models.FakeTextEngine;
import holt.worker.report.ClaimedJob;
import holt.worker.run.Revocations;
import holt.worker.run.RunJob;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HandleRecordTest {
    private static final WorkerId OTHER = new WorkerId("other");

    private final RecordingPublisher publisher =
            new RecordingPublisher().withTopic(TOPICS.replies(), Topics.REPLY_PARTITIONS);
    private final FakeTextEngine engine = new FakeTextEngine();
    private final Slots slots = new Slots(new ChatRunner(TestJobs.CHAT_MODEL, engine, 100));
    private final Revocations revocations = new Revocations();
    private final List<JobEvent> before = new ArrayList<>();
    private Instant now = NOW;
    private final InstantSource clock = () -> now;
    private final ClaimCheck claims = new ClaimCheck(new InMemoryObjectStore(), clock);
    private final RunJob run = new RunJob(revocations, claims, clock);
    private final TestHandler handler =
            new TestHandler(
                    publisher, run, claims, clock, (_, _, reader) -> before.forEach(reader));

    @AfterEach
    void close() {
        run.close();
    }

    @Test
    @DisplayName("R48: a record is accepted as soon as the broker has confirmed its Started")
    void aClaimIsWrittenBeforeTheRecordIsAccepted() throws Exception {
        publisher.hold();
        Thread claiming = Thread.ofVirtual().start(() -> handle(job()));
        while (publisher.sent(TOPICS.events()).isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(claiming.isAlive()).isTrue();
        assertThat(engine.requests).isEmpty();

        publisher.confirm();
        claiming.join();

        assertThat(events()).first().isInstanceOf(JobEvent.Started.class);
        engine.finish(awaitClaim());
        awaitEmptySlots();
    }

    @Test
    void aJobThatRunsIsSettledAndFreesItsSlot() {
        assertThat(handle(job())).isTrue();
        assertThat(slots.serving().claims()).hasSize(1);

        engine.finish(awaitClaim());
        awaitEmptySlots();

        assertThat(finished()).isInstanceOf(Outcome.ChatCompleted.class);
        assertThat(slots.serving().claims()).isEmpty();
    }

    @Test
    void aJobWhoseClaimIsNotConfirmedDoesNotRun() {
        publisher.fail(new KafkaException("away"));

        assertThatThrownBy(() ->
                        handler.handle.handle(record(QUEUE, Codec.encode(job()), Map.of()), slots))
                .isInstanceOf(ExecutionException.class);

        awaitEmptySlots();
        assertThat(engine.requests).isEmpty();
    }

    @Test
    void aCancelledJobEndsWithoutARun() {
        revoke(job());

        handle(job());
        awaitEmptySlots();

        assertThat(finished()).isEqualTo(new Outcome.Cancelled());
        assertThat(events()).first().isInstanceOf(JobEvent.Started.class);
        assertThat(engine.requests).isEmpty();
    }

    @Test
    @DisplayName(
            "R16: a worker accepts a job that is more than two minutes past its deadline, and writes no event")
    void aJobThatIsLongOverIsSkipped() {
        now = job().deadline().plus(Duration.ofMinutes(2)).plusMillis(1);

        assertThat(handle(job())).isFalse();

        assertThat(publisher.sent()).isEmpty();
        assertThat(engine.requests).isEmpty();
    }

    @Test
    @DisplayName(
            "R73: a worker ends a job that expired in the queue, up to two minutes past its deadline")
    void aJobThatExpiredALittleAgoEndsWithATimeout() {
        now = job().deadline().plus(Duration.ofMinutes(2));

        handle(job());
        awaitEmptySlots();

        assertThat(((Outcome.Failed) finished()).reason()).isEqualTo(Failure.TIMEOUT);
        assertThat(engine.requests).isEmpty();
    }

    @Test
    void aRecordThatIsNoJobIsSetAsideAndAccepted() throws Exception {
        assertThat(handler.handle.handle(record(QUEUE, "no".getBytes(UTF_8), Map.of()), slots))
                .isFalse();

        assertThat(publisher.sent(TOPICS.dead())).hasSize(1);
    }

    @Test
    @DisplayName(
            "R52: a worker accepts a record without a run if the log shows a Started of that run")
    void aRecordThatComesAgainDoesNotRun() {
        handler.owners.apply(startedElsewhere(), 0, 0, NOW);

        assertThat(handle(job())).isFalse();

        assertThat(publisher.sent()).isEmpty();
    }

    @Test
    @DisplayName("R53: for a record older than what it remembers, a worker looks into the log")
    void anOldRecordIsLookedUp() {
        before.add(startedElsewhere());
        for (int i = 0; i <= TestHandler.REMEMBERED; i++) {
            handler.owners.apply(
                    new JobEvent.Finished(
                            new JobId("newer-" + i),
                            job().model(),
                            job().lane(),
                            null,
                            new Outcome.Cancelled()),
                    0,
                    i,
                    NOW);
        }

        assertThat(handle(job())).isTrue();
        awaitEmptySlots();

        assertThat(engine.requests).isEmpty();
        assertThat(events()).noneMatch(JobEvent.Finished.class::isInstance);
    }

    @Test
    @DisplayName("R50: a claim that is not the first of its run runs nothing and publishes nothing")
    void theLoserOfARaceStops() throws Exception {
        publisher.hold();
        Thread claiming = Thread.ofVirtual().start(() -> handle(job()));
        while (publisher.sent(TOPICS.events()).isEmpty()) {
            Thread.onSpinWait();
        }
        handler.owners.apply(startedElsewhere(), 0, 0, NOW);
        publisher.confirm();
        claiming.join();
        awaitEmptySlots();

        assertThat(engine.requests).isEmpty();
        assertThat(events()).hasOnlyElementsOfType(JobEvent.Started.class);
    }

    @Test
    @DisplayName("R51: a run that another one supersedes stops, and publishes no outcome")
    void aSupersededRunStops() {
        handle(job());
        awaitClaim();
        var crash = new Job.EarlierRun(null, NOW, Failure.WORKER_FAILED);

        handler.owners.apply(
                new ClaimedJob(job().nextAttempt(crash), new ClaimId("later"), 0, 18)
                        .started(OTHER),
                0,
                0,
                NOW);
        awaitEmptySlots();

        assertThat(engine.cancelled).hasSize(1);
        assertThat(events()).hasOnlyElementsOfType(JobEvent.Started.class);
        assertThat(publisher.sent(QUEUE)).isEmpty();
    }

    @Test
    @DisplayName("R68: a worker that drains publishes the next run of its unfinished job")
    void aJobThatIsHandedBackIsPublishedAnew() throws Exception {
        handle(job());
        awaitClaim();

        slots.stopAll(OpenClaim.Stop.HAND_BACK);
        awaitEmptySlots();

        Job again = publisher.messages(QUEUE, Job.class).getFirst();
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.failures()).isZero();
        assertThat(engine.cancelled).hasSize(1);
        assertThat(events()).noneMatch(JobEvent.Finished.class::isInstance);
    }

    @Test
    @DisplayName(
            "R54: a suspect that has to wait is put off unclaimed, so that it is not given up with another")
    void aSecondSuspectIsPutOff() {
        handle(crashedTwice("poison"));
        awaitClaim();

        assertThat(handle(crashedTwice("other"))).isFalse();

        assertThat(events()).hasSize(1);
        assertThat(publisher.messages(TOPICS.retry(Topics.Retry.SOON), Job.class))
                .extracting(Job::id, Job::attempt)
                .containsExactly(tuple(new JobId("other"), 3));
        engine.finish(awaitClaim());
        awaitEmptySlots();
    }

    @Test
    @DisplayName("R98: a run that two owners published runs once")
    void aRunThatWasPublishedTwiceRunsOnce() {
        assertThat(handle(job())).isTrue();

        assertThat(handle(job())).isFalse();

        engine.finish(awaitClaim());
        awaitEmptySlots();
        assertThat(engine.requests).hasSize(1);
        assertThat(events()).filteredOn(JobEvent.Started.class::isInstance).hasSize(1);
    }

    private static Job crashedTwice(String id) {
        var crash = new Job.EarlierRun(null, NOW, Failure.WORKER_FAILED);
        return TestJobs.job(id, TestJobs.LIFE, job().payload())
                .nextAttempt(crash)
                .nextAttempt(crash);
    }

    private static JobEvent startedElsewhere() {
        return new ClaimedJob(job(), new ClaimId("elsewhere"), 3, 17).started(OTHER);
    }

    private boolean handle(Job job) {
        try {
            return slots.reserve(1, Duration.ZERO)
                    && handler.handle.handle(record(QUEUE, Codec.encode(job), Map.of()), slots);
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void revoke(Job job) {
        revocations.apply(new Command.Cancel(job.id(), job.deadline()), NOW);
    }

    /** Waits until the engine has a request, and gives its id. */
    private String awaitClaim() {
        while (engine.requests.isEmpty()) {
            Thread.onSpinWait();
        }
        return engine.requests.getFirst().id().value();
    }

    private void awaitEmptySlots() {
        while (slots.serving().busy() > 0) {
            Thread.onSpinWait();
        }
    }

    private List<JobEvent> events() {
        return publisher.messages(TOPICS.events(), JobEvent.class);
    }

    private Outcome finished() {
        return ((JobEvent.Finished) events().getLast()).outcome();
    }
}
