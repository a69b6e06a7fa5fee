package holt.kafka;

import static holt.kafka.TestTopics.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import holt.protocol.Heartbeat;
import holt.protocol.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SendHeartbeatsTest {
    private static final Instant BROKER_TIME = Instant.parse("2030-01-01T00:00:00Z");
    private static final Heartbeat ALIVE = new Heartbeat.OfApi(new InstanceId("a"));
    private static final Heartbeat GONE = new Heartbeat.ApiGone(new InstanceId("a"));
    private static final Duration NEVER = Duration.ofDays(1);

    private final RecordingPublisher publisher = new RecordingPublisher(() -> BROKER_TIME);
    private final BrokerClock clock = new BrokerClock(() -> 0);
    private final CountDownLatch third = new CountDownLatch(3);
    private SendHeartbeats heartbeats = every(NEVER);

    @AfterEach
    void stop() {
        heartbeats.close();
    }

    @Test
    @DisplayName(
            "R34: a process learns the broker's time from the timestamps of its own heartbeats")
    void theFirstHeartbeatSetsTheClock() {
        heartbeats.start();

        assertThat(sent()).containsExactly(ALIVE);
        assertThat(clock.instant()).isEqualTo(BROKER_TIME);
        assertThat(heartbeats.brokerAnsweredWithin(Duration.ofSeconds(1))).isTrue();
    }

    @Test
    void aBrokerThatDoesNotConfirmTheFirstHeartbeatIsUnfit() {
        publisher.fail(new KafkaException("out of reach"));

        assertThatExceptionOfType(BrokerUnfitException.class)
                .isThrownBy(heartbeats::start)
                .withMessageContaining("out of reach");
    }

    @Test
    @DisplayName("R32: a process sends a heartbeat every period")
    void sendsOneEachPeriod() throws InterruptedException {
        heartbeats = every(Duration.ofMillis(1));

        heartbeats.start();

        assertThat(third.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void savesUpNoHeartbeatsWhileTheBrokerIsAway() throws InterruptedException {
        heartbeats.start();
        publisher.hold();
        heartbeats.beat();
        heartbeats.beat();
        heartbeats.beat();
        assertThat(sent()).hasSize(2);

        publisher.confirm();

        assertThat(third.await(20, TimeUnit.SECONDS)).as("the next one follows at once").isTrue();
    }

    @Test
    void goesOnAfterAHeartbeatThatWasNotConfirmed() {
        heartbeats.start();
        publisher.fail(new KafkaException("out of reach"));
        heartbeats.beatNow();
        publisher.fail(null);

        heartbeats.beatNow();

        assertThat(sent()).containsExactly(ALIVE, ALIVE);
    }

    @Test
    @DisplayName("R33: a process that stops sends a last record")
    void saysThatItStops() {
        heartbeats.start();

        heartbeats.close();

        assertThat(sent()).containsExactly(ALIVE, GONE);
        assertThat(publisher.isClosed()).isTrue();
    }

    private Iterable<Heartbeat> sent() {
        return publisher.messages(TOPICS.workers(), Heartbeat.class);
    }

    private SendHeartbeats every(Duration period) {
        return new SendHeartbeats(
                period,
                publisher,
                clock,
                () -> {
                    third.countDown();
                    return ALIVE;
                },
                () -> GONE);
    }
}
