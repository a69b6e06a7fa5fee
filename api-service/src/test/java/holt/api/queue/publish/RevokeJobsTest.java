package holt.api.queue.publish;

import static holt.kafka.TestTopics.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import holt.api.Instance;
import holt.api.edge.ManualTimer;
import holt.api.queue.index.JobAddress;
import holt.protocol.Command;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevokeJobsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration RETRY_DELAY = Duration.ofSeconds(5);
    private static final JobAddress JOB =
            new JobAddress(new JobId("j"), new ModelName("m"), Lane.NORMAL, NOW.plusSeconds(60));

    private final ManualTimer timer = new ManualTimer(NOW);
    private final FakeBroker broker = new FakeBroker();
    private final RevokeJobs revoke =
            new RevokeJobs(
                    new PublishJobs(Instance.draw(), TOPICS, broker::send, broker::send),
                    timer,
                    timer);

    @Test
    void aRevokedJobIsCancelledAndEnded() {
        revoke.revoke(JOB, new Outcome.Cancelled());

        assertThat(broker.commands()).containsExactly(new Command.Cancel(JOB.id(), JOB.deadline()));
        assertThat(broker.events())
                .containsExactly(
                        new JobEvent.Finished(
                                JOB.id(), JOB.model(), Lane.NORMAL, null, new Outcome.Cancelled()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"holt.commands", "holt.events"})
    @DisplayName("R71: the instance repeats a record that the broker cannot take")
    void aLostRecordIsRepeatedUntilTheBrokerTakesIt(String topic) {
        broker.lose(FakeBroker.in(topic));
        revoke.revoke(JOB, new Outcome.Cancelled());
        timer.advance(RETRY_DELAY);
        assertThat(broker.topics()).hasSize(1).doesNotContain(topic);

        broker.lose(_ -> false);
        timer.advance(RETRY_DELAY);
        timer.advance(Duration.ofMinutes(5));

        assertThat(broker.topics()).containsExactlyInAnyOrder(TOPICS.commands(), TOPICS.events());
    }

    @Test
    @DisplayName("R71: the instance repeats a record until the job's deadline")
    void afterTheDeadlineNothingIsRepeated() {
        var tries = new AtomicInteger();
        broker.lose(_ -> tries.incrementAndGet() > 0);

        var _ = revoke.cancel(JOB.id(), JOB.deadline());
        timer.advance(Duration.ofMinutes(5));

        // At once, then each 5 s. The one at the deadline is the last.
        assertThat(tries).hasValue(13);
    }
}
