package holt.standalone.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryHubTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0                             | PT0S",
                "2                             | PT2S",
                "3600                          | PT90S",
                "99999999999999999999          | PT90S",
                "Thu, 1 Jan 2026 00:00:40 GMT  | PT40S",
                "Thu, 1 Jan 2026 01:00:00 GMT  | PT90S",
                "Wed, 31 Dec 2025 00:00:00 GMT | PT0S",
                "soon                          | PT0S",
                "-1                            | PT0S",
                "                              | PT0S"
            })
    void theHubSaysSecondsOrADate(@Nullable String header, Duration wait) {
        assertThat(RetryHub.after(header, NOW)).isEqualTo(wait);
    }
}
