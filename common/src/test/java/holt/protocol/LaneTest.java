package holt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaneTest {
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "3, 3, 1", "8, 8, 2", "16, 16, 4"})
    @DisplayName("R10: B slots for normal, max(1, B/4) each for high and batch")
    void slotsOfEachLane(int running, int normal, int others) {
        assertThat(Lane.NORMAL.slots(running)).isEqualTo(normal);
        assertThat(Lane.HIGH.slots(running)).isEqualTo(others);
        assertThat(Lane.BATCH.slots(running)).isEqualTo(others);
    }
}
