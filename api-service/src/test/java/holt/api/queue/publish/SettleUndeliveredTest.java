package holt.api.queue.publish;

import static holt.api.queue.publish.FakeBroker.in;
import static holt.kafka.TestTopics.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import holt.api.Instance;
import holt.kafka.PublishRetries;
import holt.kafka.RecordingPublisher;
import holt.kafka.RetryHeaders;
import holt.kafka.Topics;
import holt.protocol.ChatMessage;
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
import holt.protocol.Task;
import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import holt.store.KeepPayload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettleUndeliveredTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static final Task.Chat CHAT =
            new Task.Chat(
                    List.of(new ChatMessage("user", "Hi")),
                    new Task.Sampling(0, 1, null),
                    null,
                    List.of(),
                    false);

    private static final Job.EarlierRun CRASH =
            new Job.EarlierRun(null, NOW, Failure.WORKER_FAILED);

    private final FakeBroker broker = new FakeBroker();
    private final RecordingPublisher publisher = new RecordingPublisher();
    private final ClaimCheck claims = new ClaimCheck(new InMemoryObjectStore(), () -> NOW);
    private final PublishJobs publish =
            new PublishJobs(Instance.draw(), TOPICS, broker::send, broker::send);
    private final SettleUndelivered settle =
            new SettleUndelivered(
                    publish,
                    new PublishRetries(publisher, () -> NOW, () -> 0),
                    new SettleCrash(publish, new KeepPayload(claims), () -> NOW),
                    () -> NOW);

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @DisplayName("R36: a job of attempt 1 or 2 waits on a retry topic, as the next attempt")
    void anEarlyAttemptWaitsOnARetryTopic(int attempt) {
        Topics.Retry retry = Topics.Retry.after(attempt);
        assertThat(handle(record(Codec.encode(job(attempt))))).isCompleted();

        assertThat(publisher.sent()).hasSize(1);
        Job again = publisher.messages(TOPICS.retry(retry), Job.class).getFirst();
        assertThat(again.attempt()).isEqualTo(attempt + 1);
        assertThat(again.earlierRuns()).hasSize(attempt).last().isEqualTo(CRASH);
        ConsumerRecord<String, byte[]> waiting = asRead(publisher.sent().getFirst());
        assertThat(RetryHeaders.queue(waiting)).isEqualTo(TOPICS.queue(new ModelName("m")));
        assertThat(RetryHeaders.due(waiting, retry)).isEqualTo(NOW.plus(retry.delay()));
        assertThat(broker.topics()).isEmpty();
    }

    @Test
    @DisplayName("R36: a job of attempt 3 ends as worker_failed and becomes a dead letter")
    void theLastAttemptEnds() {
        assertThat(handle(record(Codec.encode(job(3))))).isCompleted();

        assertThat(broker.jobs()).isEmpty();
        var finished = (JobEvent.Finished) broker.events().getFirst();
        assertThat(finished.job()).isEqualTo(new JobId("j"));
        assertThat(((Outcome.Failed) finished.outcome()).reason()).isEqualTo(Failure.WORKER_FAILED);
        DeadLetter letter = broker.deadLetters().getFirst();
        assertThat(letter.job()).isEqualTo(job(3));
        assertThat(letter.reason()).isEqualTo(Failure.WORKER_FAILED);
        assertThat(letter.run()).isEqualTo(3);
    }

    @Test
    @DisplayName("R35: a dead letter names a copy of its job's large request")
    void aDeadLetterNamesACopyOfItsLargeRequest() {
        Job job = job(3, new Payload.Stored(claims.put(Codec.encode(CHAT))));

        assertThat(handle(record(Codec.encode(job)))).succeedsWithin(Duration.ofSeconds(10));

        Job kept = broker.deadLetters().getFirst().job();
        assertThat(((Payload.Stored) kept.payload()).object().key()).startsWith("dead/");
        assertThat(kept.withPayload(job.payload())).isEqualTo(job);
    }

    @Test
    @DisplayName("R37: a record that is no job becomes a dead letter with its bytes")
    void aRecordThatIsNoJobIsKept() {
        byte[] bytes = "no job".getBytes(StandardCharsets.UTF_8);

        assertThat(handle(record(bytes))).isCompleted();

        DeadLetter letter = broker.deadLetters().getFirst();
        assertThat(letter.job()).isNull();
        assertThat(letter.record()).isEqualTo(Base64.getEncoder().encodeToString(bytes));
        assertThat(broker.topics()).containsExactly(TOPICS.dead());
    }

    @ParameterizedTest
    @ValueSource(strings = {"holt.events", "holt.dead"})
    void aRecordIsSettledOnlyOnceAllIsConfirmed(String slowTopic) {
        broker.delay(in(slowTopic));

        var settled = handle(record(Codec.encode(job(3))));
        assertThat(settled).isNotDone();

        broker.release();
        assertThat(settled).isCompleted();
    }

    private CompletableFuture<?> handle(ConsumerRecord<String, byte[]> record) {
        assertThat(settle.due(record)).isBefore(NOW);
        return settle.handle(record);
    }

    private static ConsumerRecord<String, byte[]> asRead(ProducerRecord<String, byte[]> sent) {
        var record = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
        sent.headers().forEach(record.headers()::add);
        return record;
    }

    private static ConsumerRecord<String, byte[]> record(byte[] value) {
        return new ConsumerRecord<>(TOPICS.undelivered(), 0, 0, "j", value);
    }

    private static Job job(int attempt) {
        return job(attempt, new Payload.Inline(CHAT));
    }

    private static Job job(int attempt, Payload payload) {
        return new Job(
                new JobId("j"),
                new ModelName("m"),
                Lane.NORMAL,
                attempt,
                NOW,
                NOW.plusSeconds(170),
                new ReplyAddress(0, "e"),
                Collections.nCopies(attempt - 1, CRASH),
                null,
                payload);
    }
}
