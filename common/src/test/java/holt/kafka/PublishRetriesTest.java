package holt.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PublishRetriesTest {
    private static final Instant NOW = Instant.parse("2026-01-02T12:00:00Z");

    private double drawn;
    private final PublishRetries retries =
            new PublishRetries(new RecordingPublisher(), InstantSource.fixed(NOW), () -> drawn);

    @ParameterizedTest
    @EnumSource(Topics.Retry.class)
    @DisplayName("R18: holt-due is the topic's delay plus up to a quarter more")
    void theDueTimeIsTheDelayPlusUpToAQuarter(Topics.Retry retry) {
        assertThat(retries.due(retry)).isEqualTo(NOW.plus(retry.delay()));

        drawn = 0.5;
        assertThat(Duration.between(NOW, retries.due(retry)))
                .isEqualTo(retry.delay().multipliedBy(9).dividedBy(8));

        drawn = Math.nextDown(1.0);
        assertThat(Duration.between(NOW, retries.due(retry)))
                .isBetween(
                        retry.delay().multipliedBy(5).dividedBy(4).minusMillis(1),
                        retry.delay().multipliedBy(5).dividedBy(4));
    }
}
