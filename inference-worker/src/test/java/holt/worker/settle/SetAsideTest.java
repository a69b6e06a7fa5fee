package holt.worker.settle;

import static holt.kafka.TestTopics.TOPICS;
import static holt.worker.TestJobs.NOW;
import static holt.worker.TestJobs.claimed;
import static holt.worker.TestJobs.job;
import static holt.worker.TestRecords.QUEUE;
import static holt.worker.TestRecords.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import holt.kafka.PublishRetries;
import holt.kafka.RecordingPublisher;
import holt.protocol.Codec;
import holt.protocol.DeadLetter;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.UnreadableRecordException;
import holt.protocol.WorkerId;
import holt.worker.TestJobs;
import holt.worker.report.ClaimedJob;
import holt.worker.report.PublishEvents;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SetAsideTest {
    private static final WorkerId WORKER = new WorkerId("w");
    private static final byte[] NEWER = "{\"v\":3,\"body\":{}}".getBytes(UTF_8);
    private static final byte[] NO_JOB = {0, 1, (byte) 0xff};

    private final RecordingPublisher publisher = new RecordingPublisher().withTopic(QUEUE, 4);
    private final InstantSource clock = InstantSource.fixed(NOW);
    private final SetAside setAside =
            new SetAside(
                    WORKER,
                    new PublishEvents(publisher),
                    new PublishRetries(publisher, clock, () -> 0),
                    new PublishDeadLetters(WORKER, publisher, TestJobs.NO_OBJECTS, clock),
                    publisher,
                    clock);

    @Test
    @DisplayName("R15: a slot moves a record of a newer version, unchanged, to holt.retry.30s")
    void aRecordOfANewerVersionWaitsUnchanged() {
        assertThat(unreadable(record(QUEUE, NEWER, Map.of()))).isCompleted();

        ProducerRecord<String, byte[]> waiting = publisher.sent("holt.retry.30s").getFirst();
        assertThat(publisher.sent()).hasSize(1);
        assertThat(waiting.key()).isEqualTo("j");
        assertThat(waiting.value()).isEqualTo(NEWER);
        assertThat(Headers.of(waiting))
                .containsEntry("holt-queue", QUEUE)
                .containsEntry("holt-due", Long.toString(NOW.plusSeconds(30).toEpochMilli()))
                .containsEntry("holt-waits", "1");
    }

    @Test
    @DisplayName(
            "R15: a slot moves a record of a newer version ten times, then the record becomes a dead letter")
    void aRecordOfANewerVersionIsGivenUpAfterTenWaits() {
        unreadable(record(QUEUE, NEWER, Map.of("holt-waits", "9")));
        assertThat(Headers.of(publisher.sent("holt.retry.30s").getFirst()))
                .containsEntry("holt-waits", "10");
        assertThat(publisher.sent(TOPICS.dead())).isEmpty();

        unreadable(record(QUEUE, NEWER, Map.of("holt-waits", "10")));

        assertThat(publisher.sent("holt.retry.30s")).hasSize(1);
        assertThat(publisher.messages(TOPICS.dead(), DeadLetter.class)).hasSize(1);
    }

    @Test
    @DisplayName("R15: a record that is no job becomes a dead letter at once, with its bytes")
    void aRecordThatIsNoJobBecomesADeadLetter() {
        assertThat(unreadable(record(QUEUE, NO_JOB, Map.of()))).isCompleted();

        DeadLetter letter = publisher.messages(TOPICS.dead(), DeadLetter.class).getFirst();
        assertThat(publisher.sent()).hasSize(1);
        assertThat(letter.job()).isNull();
        assertThat(letter.record()).isEqualTo(Base64.getEncoder().encodeToString(NO_JOB));
        assertThat(letter.reason()).isEqualTo(Failure.SERVER_ERROR);
        assertThat(letter.message()).startsWith("not a Job");
        assertThat(letter.worker()).isEqualTo(WORKER);
        assertThat(letter.at()).isEqualTo(NOW);
    }

    @Test
    @DisplayName("R68: a worker that drains publishes the next run of its unfinished job")
    void aHandBackIsTheNextRunAndCountsAsNoFailure() throws Exception {
        publisher.hold();
        ClaimedJob claimed = claimed(job());

        CompletableFuture<?> handedBack = setAside.handBack(claimed);

        ProducerRecord<String, byte[]> again = publisher.sent(QUEUE).getFirst();
        Job next = Codec.decode(again.value(), Job.class);
        assertThat(again.key()).isEqualTo("j");
        assertThat(next.attempt()).isEqualTo(2);
        assertThat(next.failures()).isZero();
        assertThat(next.earlierRuns()).containsExactly(new Job.EarlierRun(WORKER, NOW, null));
        assertThat(publisher.sent(TOPICS.events())).isEmpty();
        publisher.confirm();
        assertThat(publisher.messages(TOPICS.events(), JobEvent.class))
                .containsExactly(
                        new JobEvent.Requeued(
                                next.id(), next.model(), next.lane(), claimed.claim(), null));
        assertThat(handedBack).isCompleted();
    }

    private CompletableFuture<?> unreadable(ConsumerRecord<String, byte[]> record) {
        return setAside.unreadable(
                record,
                assertThrows(
                        UnreadableRecordException.class,
                        () -> Codec.decode(record.value(), Job.class)));
    }
}
