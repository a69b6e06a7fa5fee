package holt.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BrokerClockTest {
    private final AtomicLong nanos = new AtomicLong(77);
    private final BrokerClock clock = new BrokerClock(nanos::get);

    @Test
    void theTimeIsUnknownBeforeTheFirstHeartbeat() {
        assertThatIllegalStateException().isThrownBy(clock::instant);
        assertThat(clock.readWithin(Duration.ofDays(1))).isFalse();
    }

    @Test
    @DisplayName("R34: the clock follows the broker's timestamps, and not the local wall clock")
    void theBrokersTimeIsTakenHalfWayAndRunsOnWithoutTheWallClock() {
        // Given a heartbeat that took 200 ms
        long begun = clock.begin();
        advance(Duration.ofMillis(200));
        clock.end(begun, Instant.parse("2030-01-01T00:00:00Z").toEpochMilli());

        // Then
        assertThat(clock.instant()).isEqualTo("2030-01-01T00:00:00.100Z");

        // When
        advance(Duration.ofSeconds(5));

        // Then
        assertThat(clock.instant()).isEqualTo("2030-01-01T00:00:05.100Z");
        assertThat(clock.readWithin(Duration.ofSeconds(6))).isTrue();
        assertThat(clock.readWithin(Duration.ofSeconds(5))).isFalse();
    }

    @Test
    void aSlowHeartbeatDoesNotSetTheClockAnew() {
        clock.end(clock.begin(), Instant.parse("2030-01-01T00:00:00Z").toEpochMilli());
        long begun = clock.begin();
        advance(Duration.ofSeconds(4));

        clock.end(begun, Instant.parse("2030-01-01T00:00:03.900Z").toEpochMilli());

        assertThat(clock.instant()).isEqualTo("2030-01-01T00:00:04Z");
        assertThat(clock.readWithin(Duration.ofSeconds(3))).isFalse();
    }

    @Test
    void theBrokerIsSilentWhileItConfirmsNothingNotEvenSlowly() {
        advance(Duration.ofSeconds(3));
        assertThat(clock.silentFor(Duration.ofSeconds(2))).isTrue();

        long begun = clock.begin();
        advance(Duration.ofSeconds(4));
        clock.end(begun, 0);

        assertThat(clock.silentFor(Duration.ofSeconds(2))).isFalse();
    }

    private void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
