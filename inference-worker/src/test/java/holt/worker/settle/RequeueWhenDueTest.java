package holt.worker.settle;

import static holt.worker.TestJobs.NOW;
import static holt.worker.TestRecords.QUEUE;
import static holt.worker.TestRecords.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.kafka.RecordingPublisher;
import holt.kafka.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.support.Acknowledgment;

class RequeueWhenDueTest {
    private static final Topics.Retry RETRY = Topics.Retry.LATER;
    private static final byte[] JOB = {1, 2, 3};

    private final RecordingPublisher publisher = new RecordingPublisher().withTopic(QUEUE, 4);
    private final RecordedAcknowledgment acknowledgment = new RecordedAcknowledgment();
    private Instant now = NOW;
    private final RequeueWhenDue requeue = new RequeueWhenDue(RETRY, publisher, () -> now);

    @Test
    @DisplayName(
            "R19: a worker moves a record back to the topic in holt-queue when it is due. The key decides the partition")
    void aDueRecordReturnsToItsQueue() {
        requeue.onMessage(waiting(NOW), acknowledgment);

        ProducerRecord<String, byte[]> moved = publisher.sent(QUEUE).getFirst();
        assertThat(publisher.sent()).hasSize(1);
        assertThat(moved.partition()).isNull();
        assertThat(moved.key()).isEqualTo("j");
        assertThat(moved.value()).isEqualTo(JOB);
        assertThat(Headers.of(moved)).containsEntry("holt-waits", "4");
        assertThat(acknowledgment.calls).containsExactly("acknowledge");
    }

    @Test
    @DisplayName("R19: a record that is not due waits for the time that is left")
    void anEarlyRecordWaitsForTheTimeThatIsLeft() {
        requeue.onMessage(waiting(NOW.plusMillis(1500)), acknowledgment);
        assertThat(publisher.sent()).isEmpty();
        assertThat(acknowledgment.calls).containsExactly("nack PT1.5S");

        now = NOW.plusMillis(1500);
        requeue.onMessage(waiting(NOW.plusMillis(1500)), acknowledgment);

        assertThat(publisher.sent(QUEUE)).hasSize(1);
    }

    @Test
    @DisplayName("R20: a record is moved again unless it was committed after its move")
    void aRecordIsCommittedAfterTheBrokerHasConfirmedItsMove() {
        publisher.fail(new KafkaException("away"));
        assertThatThrownBy(() -> requeue.onMessage(waiting(NOW), acknowledgment))
                .hasRootCauseInstanceOf(KafkaException.class);
        assertThat(acknowledgment.calls).isEmpty();

        publisher.fail(null);
        requeue.onMessage(waiting(NOW), acknowledgment);
        requeue.onMessage(waiting(NOW), acknowledgment);

        assertThat(publisher.sent(QUEUE)).hasSize(2);
        assertThat(acknowledgment.calls).hasSize(2);
    }

    @Test
    void aRecordWithoutDueTimeWaitsForTheTopicsDelay() {
        ConsumerRecord<String, byte[]> record =
                record(RETRY.topic(), JOB, Map.of("holt-queue", QUEUE));

        requeue.onMessage(record, acknowledgment);

        assertThat(acknowledgment.calls).containsExactly("nack " + RETRY.delay());
    }

    @Test
    void aRecordWithoutQueueIsDropped() {
        requeue.onMessage(
                record(RETRY.topic(), JOB, Map.of("holt-due", Long.toString(NOW.toEpochMilli()))),
                acknowledgment);

        assertThat(publisher.sent()).isEmpty();
        assertThat(acknowledgment.calls).containsExactly("acknowledge");
    }

    private static ConsumerRecord<String, byte[]> waiting(Instant due) {
        return record(
                RETRY.topic(),
                JOB,
                Map.of(
                        "holt-queue",
                        QUEUE,
                        "holt-due",
                        Long.toString(due.toEpochMilli()),
                        "holt-waits",
                        "4"));
    }

    private static final class RecordedAcknowledgment implements Acknowledgment {
        private final List<String> calls = new ArrayList<>();

        @Override
        public void acknowledge() {
            calls.add("acknowledge");
        }

        @Override
        public void nack(Duration sleep) {
            calls.add("nack " + sleep);
        }
    }
}
