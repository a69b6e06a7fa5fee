package holt.api.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GuessesTest {
    private static final String ADDRESS = "192.0.2.7";

    private final Guesses guesses = new Guesses();

    @Test
    void aFewWrongKeysCloseNothing() {
        fail(9, 0);

        assertThat(guesses.closed(ADDRESS, 0)).isEmpty();
    }

    @Test
    void eachFurtherOneClosesTheAddressForTwiceAsLong() {
        fail(10, 0);
        assertThat(guesses.closed(ADDRESS, 0)).contains(Duration.ofSeconds(1));
        fail(1, 0);
        assertThat(guesses.closed(ADDRESS, 0)).contains(Duration.ofSeconds(2));
        fail(40, 0);
        assertThat(guesses.closed(ADDRESS, 0)).contains(Duration.ofMinutes(1));
        assertThat(guesses.closed("192.0.2.8", 0)).isEmpty();
    }

    @Test
    void theAddressOpensAgain() {
        fail(11, 0);

        assertThat(guesses.closed(ADDRESS, Duration.ofMillis(1500).toNanos()))
                .contains(Duration.ofMillis(500));
        assertThat(guesses.closed(ADDRESS, Duration.ofSeconds(2).toNanos())).isEmpty();
    }

    @Test
    void wrongKeysOfLongAgoDoNotCount() {
        fail(11, 0);
        fail(1, Duration.ofMinutes(11).toNanos());

        assertThat(guesses.closed(ADDRESS, Duration.ofMinutes(11).toNanos())).isEmpty();
    }

    @Test
    void itRemembersNoMoreThanItsBound() {
        fail(11, 0);
        for (int i = 0; i < 10_000; i++) {
            guesses.failed("address " + i, 0);
        }

        assertThat(guesses.closed(ADDRESS, 0)).isEmpty();
    }

    private void fail(int times, long nanos) {
        for (int i = 0; i < times; i++) {
            guesses.failed(ADDRESS, nanos);
        }
    }
}
