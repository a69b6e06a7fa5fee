package holt.api.queue.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class DrainRateTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final DrainRate rate = new DrainRate();

    @Test
    void theLastMinuteCounts() {
        for (int second = 0; second < 120; second++) {
            rate.count(NOW.plusSeconds(second));
            rate.count(NOW.plusSeconds(second));
        }
        assertThat(rate.perSecond(NOW.plusSeconds(119))).isEqualTo(2);
        assertThat(rate.perSecond(NOW.plusSeconds(149))).isEqualTo(1);
        assertThat(rate.perSecond(NOW.plusSeconds(500))).isZero();
    }

    @Test
    void eventsOfAWhileAgoThatAreReadNowDoNotCount() {
        rate.count(NOW);
        rate.count(NOW.minusSeconds(300));

        assertThat(rate.perSecond(NOW)).isEqualTo(1 / 60.0);
    }
}
