package holt.api.queue.publish;

import static holt.api.queue.publish.FakeBroker.in;
import static org.assertj.core.api.Assertions.assertThat;

import holt.api.Instance;
import holt.kafka.Topics;
import holt.protocol.Codec;
import holt.protocol.DeadLetter;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.Payload;
import holt.protocol.ReplyAddress;
import holt.protocol.StoredObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettleUndeliveredTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final FakeBroker broker = new FakeBroker();
    private final SettleUndelivered settle =
            new SettleUndelivered(
                    new PublishJobs(Instance.draw(), broker::send, broker::send), () -> NOW);

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @DisplayName(
            "R36: a job of attempt 1 or 2 is published anew, as the next attempt, on its partition")
    void anEarlyAttemptIsPublishedAnew(int attempt) {
        assertThat(settle.settle(record(Codec.encode(job(attempt)), "3"))).isCompleted();

        assertThat(broker.topics()).containsExactly(Topics.queue(new ModelName("m"), Lane.NORMAL));
        assertThat(broker.records().getFirst().partition()).isEqualTo(3);
        Job again = broker.jobs().getFirst();
        assertThat(again.attempt()).isEqualTo(attempt + 1);
        assertThat(again.failedRuns())
                .containsExactly(new Job.FailedRun(null, attempt, NOW, Failure.WORKER_FAILED));
    }

    @Test
    @DisplayName("R36: a job of attempt 3 ends as worker_failed and becomes a dead letter")
    void theLastAttemptEnds() {
        assertThat(settle.settle(record(Codec.encode(job(3)), "3"))).isCompleted();

        assertThat(broker.jobs()).isEmpty();
        var finished = (JobEvent.Finished) broker.events().getFirst();
        assertThat(finished.job()).isEqualTo(new JobId("j"));
        assertThat(finished.partition()).isEqualTo(3);
        assertThat(((Outcome.Failed) finished.outcome()).reason()).isEqualTo(Failure.WORKER_FAILED);
        DeadLetter letter = broker.deadLetters().getFirst();
        assertThat(letter.job()).isEqualTo(job(3));
        assertThat(letter.reason()).isEqualTo(Failure.WORKER_FAILED);
        assertThat(letter.run()).isEqualTo(3);
    }

    @Test
    @DisplayName("R37: a record that is no job becomes a dead letter with its bytes")
    void aRecordThatIsNoJobIsKept() {
        byte[] bytes = "no job".getBytes(StandardCharsets.UTF_8);

        assertThat(settle.settle(record(bytes, null))).isCompleted();

        DeadLetter letter = broker.deadLetters().getFirst();
        assertThat(letter.job()).isNull();
        assertThat(letter.record()).isEqualTo(Base64.getEncoder().encodeToString(bytes));
        assertThat(broker.topics()).containsExactly(Topics.DEAD);
    }

    @ParameterizedTest
    @ValueSource(strings = {Topics.EVENTS, Topics.DEAD})
    void aRecordIsSettledOnlyOnceAllIsConfirmed(String slowTopic) {
        broker.delay(in(slowTopic));

        var settled = settle.settle(record(Codec.encode(job(3)), "0"));
        assertThat(settled).isNotDone();

        broker.release();
        assertThat(settled).isCompleted();
    }

    private static ConsumerRecord<String, byte[]> record(byte[] value, String partition) {
        var record = new ConsumerRecord<>(Topics.UNDELIVERED, 0, 0, "j", value);
        if (partition != null) {
            record.headers()
                    .add("__dlq.errors.partition", partition.getBytes(StandardCharsets.UTF_8));
        }
        return record;
    }

    private static Job job(int attempt) {
        return new Job(
                new JobId("j"),
                new ModelName("m"),
                Lane.NORMAL,
                attempt,
                NOW,
                NOW.plusSeconds(170),
                new ReplyAddress(0, "e"),
                List.of(),
                null,
                new Payload.Stored(new StoredObject("k", 1, "00")));
    }
}
