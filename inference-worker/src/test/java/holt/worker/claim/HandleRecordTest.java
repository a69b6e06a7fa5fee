package holt.worker.claim;

import static holt.worker.TestJobs.NOW;
import static holt.worker.TestJobs.job;
import static holt.worker.TestRecords.QUEUE;
import static holt.worker.TestRecords.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.kafka.RecordingPublisher;
import holt.kafka.Topics;
import holt.protocol.Codec;
import holt.protocol.Command;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.Outcome;
import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import holt.worker.TestJobs;
import holt.worker.models.ChatRunner;
import holt.worker.models.FakeTextEngine;
import holt.worker.run.Revocations;
import holt.worker.run.RunJob;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockShareConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HandleRecordTest {
    private static final Duration LOCK = Duration.ofSeconds(30);

    private final RecordingPublisher publisher =
            new RecordingPublisher()
                    .withTopic(Topics.REPLIES, Topics.REPLY_PARTITIONS)
                    .withTopic(QUEUE, 4);
    private final FakeTextEngine engine = new FakeTextEngine();
    private final Slot slot = new Slot(new ChatRunner(TestJobs.CHAT_MODEL, engine, 100));
    private final RecordingConsumer consumer = new RecordingConsumer();
    private final Revocations revocations = new Revocations();
    private Instant now = NOW;
    private final InstantSource clock = () -> now;
    private final ClaimCheck claims = new ClaimCheck(new InMemoryObjectStore(), clock);
    private final RunJob run = new RunJob(revocations, claims, clock);
    private final HandleRecord handle = TestHandler.of(publisher, run, claims, clock);

    @AfterEach
    void close() {
        run.close();
    }

    @Test
    void aJobThatRunsIsSettledAndThenAccepted() throws Exception {
        inBackground(() -> engine.finish(awaitClaim()));

        handle(job(), 1);

        assertThat(finished()).isInstanceOf(Outcome.ChatCompleted.class);
        assertThat(consumer.acknowledged).containsExactly(AcknowledgeType.ACCEPT);
        assertThat(slot.busy()).isFalse();
    }

    @Test
    void aJobWhoseSettlementFailsIsNotAccepted() {
        publisher.fail(new KafkaException("away"));
        revoke(job());

        assertThatThrownBy(() -> handle(job(), 1)).isInstanceOf(ExecutionException.class);

        assertThat(consumer.acknowledged).isEmpty();
    }

    @Test
    void aCancelledJobEndsWithoutARun() throws Exception {
        revoke(job());

        handle(job(), 1);

        assertThat(finished()).isEqualTo(new Outcome.Cancelled());
        assertThat(events()).first().isInstanceOf(JobEvent.Started.class);
        assertThat(engine.requests).isEmpty();
        assertThat(consumer.acknowledged).containsExactly(AcknowledgeType.ACCEPT);
    }

    @Test
    @DisplayName(
            "R16: a slot acknowledges a job that is more than two minutes past its deadline, and writes no event")
    void aJobThatIsLongOverIsSkipped() throws Exception {
        now = job().deadline().plus(Duration.ofMinutes(2)).plusMillis(1);

        handle(job(), 1);

        assertThat(publisher.sent()).isEmpty();
        assertThat(engine.requests).isEmpty();
        assertThat(consumer.acknowledged).containsExactly(AcknowledgeType.ACCEPT);
    }

    @Test
    @DisplayName(
            "R73: a worker ends a job that expired in the queue, up to two minutes past its deadline")
    void aJobThatExpiredALittleAgoEndsWithATimeout() throws Exception {
        now = job().deadline().plus(Duration.ofMinutes(2));

        handle(job(), 1);

        assertThat(((Outcome.Failed) finished()).reason()).isEqualTo(Failure.TIMEOUT);
        assertThat(engine.requests).isEmpty();
    }

    @Test
    void aRecordThatIsNoJobIsSetAsideAndAccepted() throws Exception {
        ConsumerRecord<String, byte[]> record = record(QUEUE, "no".getBytes(UTF_8), Map.of());

        handle.handle(record, slot, new Lease(consumer, record, LOCK));

        assertThat(publisher.sent(Topics.DEAD)).hasSize(1);
        assertThat(consumer.acknowledged).containsExactly(AcknowledgeType.ACCEPT);
    }

    @Test
    @DisplayName(
            "R68: a worker that drains publishes its unfinished job anew, on the same partition, and accepts the old record")
    void aJobThatIsHandedBackIsPublishedAnewAndAccepted() throws Exception {
        inBackground(() -> {
            awaitClaim();
            while (slot.busy()) {
                slot.handBack();
            }
        });

        handle(job(), 1);

        ProducerRecord<String, byte[]> again = publisher.sent(QUEUE).getFirst();
        assertThat(again.partition()).isEqualTo(3);
        assertThat(Codec.decode(again.value(), Job.class)).isEqualTo(job());
        assertThat(engine.cancelled).hasSize(1);
        assertThat(publisher.messages(Topics.EVENTS, JobEvent.class))
                .noneMatch(JobEvent.Finished.class::isInstance);
        assertThat(consumer.acknowledged).containsExactly(AcknowledgeType.ACCEPT);
        assertThat(slot.busy()).isFalse();
    }

    private void handle(Job job, int deliveries) throws Exception {
        ConsumerRecord<String, byte[]> record =
                record(QUEUE, Codec.encode(job), Map.of(), deliveries);
        handle.handle(record, slot, new Lease(consumer, record, LOCK));
    }

    private void revoke(Job job) {
        revocations.apply(new Command.Cancel(job.id(), job.deadline()), NOW);
    }

    private static void inBackground(Runnable action) {
        Thread.ofVirtual().start(action);
    }

    /** Waits until the engine has a request, and gives its id. */
    private String awaitClaim() {
        while (engine.requests.isEmpty()) {
            Thread.onSpinWait();
        }
        return engine.requests.getFirst().id().value();
    }

    private List<JobEvent> events() {
        return publisher.messages(Topics.EVENTS, JobEvent.class);
    }

    private Outcome finished() {
        return ((JobEvent.Finished) events().getLast()).outcome();
    }

    /** Keeps the acknowledgements. */
    private static final class RecordingConsumer extends MockShareConsumer<String, byte[]> {
        private final List<AcknowledgeType> acknowledged = new ArrayList<>();

        @Override
        public synchronized void acknowledge(
                ConsumerRecord<String, byte[]> record, AcknowledgeType type) {
            acknowledged.add(type);
        }
    }
}
