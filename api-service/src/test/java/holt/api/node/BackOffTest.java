package holt.api.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackOffTest {
    private final BackOff pace = new BackOff(Duration.ofSeconds(45), RandomGenerator.getDefault());

    @Test
    void looksEveryHalfMinuteToMinuteWhileAllIsWell() {
        for (int i = 0; i < 1000; i++) {
            assertThat(pace.next(true)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
        }
    }

    @Test
    void triesAgainSoonAndThenEverLater() {
        for (int longest : new int[] {1, 2, 4, 8, 16, 32, 45, 45}) {
            assertThat(pace.next(false))
                    .isBetween(Duration.ofMillis(longest * 500L), Duration.ofSeconds(longest));
        }
        for (int i = 0; i < 100; i++) {
            assertThat(pace.next(false))
                    .isBetween(Duration.ofMillis(22_500), Duration.ofSeconds(45));
        }
    }

    @Test
    void forgetsItsTroublesWhenAllIsWell() {
        pace.next(false);
        pace.next(false);
        pace.next(false);

        pace.next(true);

        assertThat(pace.next(false)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }
}
