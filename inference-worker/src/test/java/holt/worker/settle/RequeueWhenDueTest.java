package holt.worker.settle;

import static holt.kafka.TestTopics.TOPICS;
import static holt.worker.TestJobs.NOW;
import static holt.worker.TestRecords.QUEUE;
import static holt.worker.TestRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import holt.kafka.PublishRetries;
import holt.kafka.RecordingPublisher;
import holt.kafka.Topics;
import holt.protocol.Codec;
import holt.protocol.DeadLetter;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.WorkerId;
import holt.worker.TestJobs;
import holt.worker.report.PublishEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RequeueWhenDueTest {
    private static final Topics.Retry RETRY = Topics.Retry.LATER;
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final WorkerId WORKER = new WorkerId("w");
    private static final byte[] NO_JOB = {1, 2, 3};

    private final RecordingPublisher queues = new RecordingPublisher().withTopic(QUEUE, 4);
    private final RecordingPublisher publisher = new RecordingPublisher();
    private Instant now = NOW;
    private boolean queueExists = true;
    private final PublishRetries retries = new PublishRetries(publisher, () -> now, () -> 0);
    private final PublishDeadLetters deadLetters =
            new PublishDeadLetters(WORKER, publisher, TestJobs.NO_OBJECTS, () -> now);
    private final SettleJob settle =
            new SettleJob(WORKER, new PublishEvents(publisher), retries, deadLetters, () -> now, 3);
    private final RequeueWhenDue requeue =
            new RequeueWhenDue(
                    RETRY,
                    queues,
                    retries,
                    _ -> queueExists,
                    new EndWaitingJob(settle, deadLetters),
                    () -> now);

    @Test
    @DisplayName(
            "R19: a worker moves a record back to the topic in holt-queue when it is due. The key decides the partition")
    void aDueRecordReturnsToItsQueue() {
        assertThat(requeue.due(waiting(NO_JOB))).isEqualTo(NOW.plusMillis(1500));

        assertThat(requeue.handle(waiting(NO_JOB))).succeedsWithin(SOON);

        ProducerRecord<String, byte[]> moved = queues.sent(QUEUE).getFirst();
        assertThat(queues.sent()).hasSize(1);
        assertThat(moved.partition()).isNull();
        assertThat(moved.key()).isEqualTo("j");
        assertThat(moved.value()).isEqualTo(NO_JOB);
        assertThat(Headers.of(moved)).containsEntry("holt-waits", "4");
        assertThat(publisher.sent()).isEmpty();
    }

    @Test
    @DisplayName("R20: a record is done with only once the broker has confirmed its move")
    void aRecordIsDoneWithOnceTheBrokerHasConfirmedItsMove() {
        queues.hold();
        CompletableFuture<?> handled = requeue.handle(waiting(NO_JOB));
        awaitSent(1);
        assertThat(handled).isNotDone();

        queues.confirm();

        assertThat(handled).succeedsWithin(SOON);
    }

    @Test
    @DisplayName("R19: a record that its queue does not confirm waits for its topic's delay again")
    void aRecordThatItsQueueDoesNotTakeWaitsAgain() {
        queues.fail(new TimeoutException("not confirmed"));

        assertThat(requeue.handle(waiting(NO_JOB))).succeedsWithin(SOON);

        assertWaitsAgain();
    }

    @Test
    @DisplayName("R19: a queue that confirms nothing for a second gets no further records")
    void aSlowQueueGetsNoFurtherRecords() {
        queues.hold();
        CompletableFuture<?> slow = requeue.handle(waiting(NO_JOB));
        awaitSent(1);
        now = NOW.plus(RequeueWhenDue.SLOW).plusMillis(1);

        assertThat(requeue.handle(waiting(NO_JOB))).succeedsWithin(SOON);
        assertWaitsAgain();
        assertThat(queues.sent()).hasSize(1);

        queues.confirm();
        assertThat(slow).succeedsWithin(SOON);
        assertThat(requeue.handle(waiting(NO_JOB))).succeedsWithin(SOON);
        assertThat(queues.sent()).hasSize(2);
    }

    @Test
    @DisplayName("R19: a job whose queue is gone ends as failed and becomes a dead letter")
    void aJobWhoseQueueIsGoneEnds() {
        queues.withoutTopic(QUEUE);
        queueExists = false;
        Job job = TestJobs.attempt(2);

        assertThat(requeue.handle(waiting(Codec.encode(job)))).succeedsWithin(SOON);

        assertThat(publisher.messages(TOPICS.events(), JobEvent.class))
                .containsExactly(
                        new JobEvent.Finished(
                                job.id(), job.model(), job.lane(), null, EndWaitingJob.QUEUE_GONE));
        assertThat(publisher.messages(TOPICS.dead(), DeadLetter.class))
                .extracting(DeadLetter::job)
                .containsExactly(job);
        assertThat(publisher.sent(TOPICS.retry(RETRY))).isEmpty();
    }

    @Test
    @DisplayName("R19: a record that is no job and whose queue is gone becomes a dead letter")
    void aRecordThatIsNoJobIsKept() {
        queues.withoutTopic(QUEUE);
        queueExists = false;

        assertThat(requeue.handle(waiting(NO_JOB))).succeedsWithin(SOON);

        assertThat(publisher.messages(TOPICS.dead(), DeadLetter.class))
                .extracting(DeadLetter::record)
                .containsExactly("AQID");
        assertThat(publisher.sent()).hasSize(1);
    }

    @Test
    @DisplayName("R20: a record that can neither be moved nor wait again is handled again")
    void aRecordThatGoesNowhereIsHandledAgain() {
        queues.fail(new KafkaException("away"));
        publisher.fail(new KafkaException("away"));

        assertThat(requeue.handle(waiting(NO_JOB))).failsWithin(SOON);
    }

    @Test
    void aRecordWithoutDueTimeWaitsForTheTopicsDelay() {
        assertThat(requeue.due(record(TOPICS.retry(RETRY), NO_JOB, Map.of("holt-queue", QUEUE))))
                .isEqualTo(NOW.plus(RETRY.delay()));
        assertThat(requeue.due(record(TOPICS.retry(RETRY), NO_JOB, Map.of("holt-due", "soon"))))
                .isEqualTo(NOW.plus(RETRY.delay()));
    }

    @Test
    void aRecordWithoutQueueIsDropped() {
        assertThat(requeue.handle(record(TOPICS.retry(RETRY), NO_JOB, Map.of()))).isCompleted();

        assertThat(queues.sent()).isEmpty();
        assertThat(publisher.sent()).isEmpty();
    }

    private void awaitSent(int records) {
        while (queues.sent().size() < records) {
            Thread.onSpinWait();
        }
    }

    private void assertWaitsAgain() {
        ProducerRecord<String, byte[]> waiting = publisher.sent(TOPICS.retry(RETRY)).getFirst();
        assertThat(publisher.sent()).hasSize(1);
        assertThat(waiting.value()).isEqualTo(NO_JOB);
        assertThat(Headers.of(waiting))
                .containsEntry("holt-queue", QUEUE)
                .containsEntry("holt-due", Long.toString(now.plus(RETRY.delay()).toEpochMilli()))
                .containsEntry("holt-waits", "4");
    }

    private static ConsumerRecord<String, byte[]> waiting(byte[] value) {
        return record(
                TOPICS.retry(RETRY),
                value,
                Map.of(
                        "holt-queue",
                        QUEUE,
                        "holt-due",
                        Long.toString(NOW.plusMillis(1500).toEpochMilli()),
                        "holt-waits",
                        "4"));
    }
}
