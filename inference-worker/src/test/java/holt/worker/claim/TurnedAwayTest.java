package holt.worker.claim;

import static holt.kafka.TestTopics.TOPICS;
import static holt.worker.TestJobs.NOW;
import static holt.worker.TestRecords.QUEUE;
import static holt.worker.TestRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import holt.kafka.RecordingPublisher;
import holt.kafka.Topics;
import holt.protocol.Codec;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.Task;
import holt.protocol.WorkerId;
import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import holt.worker.TestJobs;
import holt.worker.models.ModelRunner;
import holt.worker.models.RunResult;
import holt.worker.run.Revocations;
import holt.worker.run.RunJob;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TurnedAwayTest {
    private static final Outcome.Failed NO_ROOM =
            new Outcome.Failed(Failure.OVERLOADED, "no room for too long");

    private final RecordingPublisher publisher =
            new RecordingPublisher().withTopic(TOPICS.replies(), Topics.REPLY_PARTITIONS);
    private final InstantSource clock = InstantSource.fixed(NOW);
    private final ClaimCheck claims = new ClaimCheck(new InMemoryObjectStore(), clock);
    private final RunJob run = new RunJob(new Revocations(), claims, clock);
    private final TestHandler handler =
            new TestHandler(publisher, run, claims, clock, (_, _, _) -> {});
    private final FullEngine engine = new FullEngine();

    @AfterEach
    void close() {
        run.close();
    }

    @Test
    @DisplayName(
            "R122: a job that an engine turns away returns to its queue, and no failure counts")
    void aJobThatIsTurnedAwayReturnsToItsQueue() throws Exception {
        handle(TestJobs.job());

        Job again = publisher.messages(QUEUE, Job.class).getFirst();
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.failures()).isZero();
        assertThat(publisher.messages(TOPICS.events(), JobEvent.class))
                .last()
                .isInstanceOf(JobEvent.Requeued.class);
    }

    @Test
    @DisplayName("R122: a job that was handed back 20 times ends as overloaded")
    void aJobThatIsTurnedAwayTooOftenEnds() throws Exception {
        Job job = TestJobs.job();
        for (int i = 0; i < 20; i++) {
            job = job.nextAttempt(new Job.EarlierRun(new WorkerId("w"), NOW, null));
        }

        handle(job);

        assertThat(publisher.sent(QUEUE)).isEmpty();
        assertThat(publisher.messages(TOPICS.events(), JobEvent.class))
                .last()
                .isInstanceOfSatisfying(
                        JobEvent.Finished.class,
                        finished -> assertThat(finished.outcome()).isEqualTo(NO_ROOM));
    }

    @Test
    @DisplayName("R120: a worker claims no job for an engine that is down, loading or full")
    void nothingIsPolledWhileTheEngineIsNotReady() {
        var consumers = new AtomicInteger();
        var serve =
                new ServeModels(
                        TOPICS,
                        (_, _) -> {
                            consumers.incrementAndGet();
                            throw new IllegalStateException("a consumer of a full engine");
                        },
                        handler.handle,
                        () -> true);
        serve.start(engine);
        while (engine.asked.get() < 2) {
            Thread.onSpinWait();
        }
        serve.drain(Duration.ZERO);

        assertThat(consumers).hasValue(0);
    }

    @Test
    @DisplayName("R121: a model with running jobs stays announced until they end")
    void aModelIsAnnouncedWhileItIsServedOrRunsJobs() {
        var slots = new Slots(engine);
        assertThat(slots.announced()).isFalse();

        OpenClaim claim = slots.open(TestJobs.claimed(TestJobs.job()));
        assertThat(slots.announced()).isTrue();

        slots.discard(claim);
        assertThat(slots.announced()).isFalse();
    }

    private void handle(Job job) throws Exception {
        var slots = new Slots(engine);
        assertThat(slots.reserve(1, Duration.ofSeconds(1))).isTrue();
        assertThat(handler.handle.handle(record(QUEUE, Codec.encode(job), Map.of()), slots))
                .isTrue();
        assertThat(slots.awaitEmpty(Duration.ofSeconds(10))).isTrue();
    }

    /** Takes no task. */
    private static final class FullEngine implements ModelRunner {
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public KnownModel model() {
            return TestJobs.CHAT_MODEL;
        }

        @Override
        public int slots() {
            return 1;
        }

        @Override
        public boolean served() {
            return false;
        }

        @Override
        public boolean ready() {
            asked.incrementAndGet();
            return false;
        }

        @Override
        public Running start(String id, Lane lane, Task task, Consumer<Reply> replies) {
            return Running.ended(RunResult.turnedAway(NO_ROOM));
        }

        @Override
        public Duration sinceProgress() {
            return Duration.ZERO;
        }

        @Override
        public void close() {}
    }
}
