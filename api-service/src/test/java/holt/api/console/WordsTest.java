package holt.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "PT-1S, 0 ms",
        "PT0.35S, 350 ms",
        "PT1.46S, 1.4 s",
        "PT9.99S, 9.9 s",
        "PT12.7S, 12 s",
        "PT4M, 4 min",
        "PT4M10S, 4 min 10 s",
        "PT2H5M, 2 h 5 min",
        "P3DT2H, 3 d 2 h"
    })
    void aTimeIsShort(Duration time, String words) {
        assertThat(Words.duration(time)).isEqualTo(words);
    }

    @Test
    void whatIsNotKnownIsADash() {
        assertThat(Words.duration(null)).isEqualTo("–");
    }

    @ParameterizedTest
    @CsvSource({
        "PT-3S, just now",
        "PT1.9S, just now",
        "PT12S, 12 s ago",
        "PT4M50S, 4 min ago",
        "PT7H59M, 7 h ago",
        "PT30H, 1 d ago"
    })
    void anAgeNamesOneUnit(Duration age, String words) {
        assertThat(new Words(NOW).ago(NOW.minus(age))).isEqualTo(words);
    }

    @Test
    void theExactTimeHasMilliseconds() {
        assertThat(Words.exact(NOW.plusMillis(7))).isEqualTo("2026-03-01 12:00:00.007 UTC");
    }

    @Test
    void numbersHaveTheirThousandsApart() {
        assertThat(Words.count(1_234_567)).isEqualTo("1,234,567");
        assertThat(Words.count(1, "job")).isEqualTo("1 job");
        assertThat(Words.count(0, "job")).isEqualTo("0 jobs");
    }
}
