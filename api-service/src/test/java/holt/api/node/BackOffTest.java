package holt.api.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackOffTest {
    private final BackOff backOff =
            new BackOff(Duration.ofSeconds(45), RandomGenerator.getDefault());

    @Test
    void waitsForTheIntervalPlusOrMinusAThirdWhileSettled() {
        for (int i = 0; i < 1000; i++) {
            assertThat(backOff.next(true))
                    .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
        }
    }

    @Test
    void doublesTheWaitUpToTheInterval() {
        for (int longest : new int[] {1, 2, 4, 8, 16, 32, 45, 45}) {
            assertThat(backOff.next(false))
                    .isBetween(Duration.ofMillis(longest * 500L), Duration.ofSeconds(longest));
        }
        for (int i = 0; i < 100; i++) {
            assertThat(backOff.next(false))
                    .isBetween(Duration.ofMillis(22_500), Duration.ofSeconds(45));
        }
    }

    @Test
    void startsAgainAtOneSecondOnceSettled() {
        backOff.next(false);
        backOff.next(false);
        backOff.next(false);

        backOff.next(true);

        assertThat(backOff.next(false)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }
}
