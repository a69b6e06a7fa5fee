package holt.api.queue.publish;

import static holt.kafka.TestTopics.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.Await;
import holt.api.edge.ManualTimer;
import holt.protocol.JobId;
import holt.protocol.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class HoldRecordsTest {
    private static final Duration CONFIRM_WITHIN = Duration.ofMillis(1500);
    private static final Duration HOLD = Duration.ofSeconds(15);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final ModelName MODEL = new ModelName("m");
    private static final String QUEUE = TOPICS.queue(MODEL);

    private final ManualTimer timer = new ManualTimer(Instant.EPOCH);
    private final Breakers breakers = new Breakers(TOPICS, timer, CONFIRM_WITHIN);
    private final List<CompletableFuture<Void>> sends = new ArrayList<>();
    private final HoldRecords hold =
            new HoldRecords(this::produce, breakers, timer, timer, HOLD, 1_000_000);

    @Test
    void aRecordThatTheBrokerHasNotConfirmedYetIsNotFailed() {
        CompletableFuture<?> confirmed = hold.send(record(QUEUE));

        timer.advance(HOLD.minus(SECOND));
        assertThat(confirmed).isNotDone();
        assertThat(breakers.queue(MODEL).isOpen()).isTrue();

        last().complete(null);
        assertThat(confirmed).isCompleted();
        assertThat(breakers.queue(MODEL).isOpen()).isFalse();
        assertThat(sends).as("the producer repeats it, not this class").hasSize(1);
    }

    @Test
    void aRefusedRecordIsSentAgainUntilTheRightIsBack() {
        CompletableFuture<?> confirmed = hold.send(record(QUEUE));
        last().completeExceptionally(new TopicAuthorizationException(QUEUE));
        assertThat(confirmed).isNotDone();
        assertThat(breakers.queue(MODEL).isOpen()).isTrue();

        timer.advance(SECOND);
        Await.until(() -> sent() == 2);
        last().complete(null);

        assertThat(confirmed).isCompleted();
        assertThat(breakers.queue(MODEL).isOpen()).isFalse();
    }

    @Test
    void aRecordFailsOnceItsTimeIsOver() {
        CompletableFuture<?> confirmed = hold.send(record(QUEUE));

        timer.advance(HOLD);
        last().completeExceptionally(new TimeoutException("expired"));

        assertThat(confirmed).isCompletedExceptionally();
        assertThat(breakers.queue(MODEL).isOpen()).isTrue();
        assertThat(breakers.queue(MODEL).mayPass()).as("the next one is the probe").isTrue();
    }

    @Test
    void aRecordTooManyFailsAtOnceAndConfirmedOnesMakeRoom() {
        CompletableFuture<?> large = hold.send(new ProducerRecord<>(QUEUE, "a", new byte[900_000]));
        var next = new ProducerRecord<>(QUEUE, "b", new byte[200_000]);

        assertThat(hold.send(next)).isCompletedExceptionally();
        assertThat(sends).hasSize(1);
        last().complete(null);

        assertThat(large).isCompleted();
        assertThat(hold.send(next)).isNotDone();
    }

    @Test
    void aRecordThatIsItselfAtFaultOpensNoBreaker() {
        CompletableFuture<?> confirmed = hold.send(record(QUEUE));

        last().completeExceptionally(new RecordTooLargeException("too large"));

        assertThat(confirmed).isCompletedExceptionally();
        assertThat(breakers.queue(MODEL).isOpen()).isFalse();
    }

    @Test
    void eachPartitionOfTheEventsHasItsOwnBreaker() {
        hold.send(record(TOPICS.events()));
        timer.advance(SECOND.multipliedBy(2));

        assertThat(breakers.events(new JobId("j")).isOpen()).isTrue();
        assertThat(List.of("a", "b", "c", "d", "e", "f", "g", "h"))
                .anyMatch(job -> !breakers.events(new JobId(job)).isOpen());
        assertThat(breakers.queue(MODEL).isOpen()).isFalse();
    }

    private synchronized CompletableFuture<?> produce(ProducerRecord<String, byte[]> record) {
        var sent = new CompletableFuture<Void>();
        sends.add(sent);
        return sent;
    }

    private synchronized int sent() {
        return sends.size();
    }

    private synchronized CompletableFuture<Void> last() {
        return sends.getLast();
    }

    private static ProducerRecord<String, byte[]> record(String topic) {
        return new ProducerRecord<>(topic, "j", new byte[0]);
    }
}
