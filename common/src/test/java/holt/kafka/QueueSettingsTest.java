package holt.kafka;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QueueSettingsTest {
    @Test
    void jobsStayLongerThanTheLongestDeadline() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Duration.ofHours(24)))
                .withMessageContaining("holt.queue.retention");
    }

    private static QueueSettings settings(Duration retention) {
        return new QueueSettings(
                Duration.ofSeconds(30),
                Duration.ofSeconds(2),
                retention,
                Duration.ofHours(24),
                Duration.ofHours(24));
    }
}
