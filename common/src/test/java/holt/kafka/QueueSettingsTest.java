package holt.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueSettingsTest {
    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "7, 1", "8, 2", "16, 4", "100, 4"})
    void aQueueHasAPartitionForEachFourSlotsUpToTheMost(int slots, int partitions) {
        assertThat(settings(Duration.ofHours(25)).partitionsFor(slots)).isEqualTo(partitions);
    }

    @Test
    void jobsStayLongerThanTheLongestDeadline() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Duration.ofHours(24)))
                .withMessageContaining("holt.queue.retention");
    }

    private static QueueSettings settings(Duration retention) {
        return new QueueSettings(
                4,
                Duration.ofSeconds(30),
                Duration.ofSeconds(2),
                10_000,
                retention,
                Duration.ofHours(24),
                Duration.ofHours(24));
    }
}
