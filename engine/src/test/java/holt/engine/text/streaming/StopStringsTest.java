package holt.engine.text.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StopStringsTest {
    @Test
    void textWithoutAStopPassesAtOnce() {
        StopStrings stops = new StopStrings(List.of("END"));

        assertThat(stops.append("Hello ")).isEqualTo("Hello ");
        assertThat(stops.met()).isFalse();
    }

    @Test
    void aStopAcrossSeveralPiecesNeverLeaks() {
        StopStrings stops = new StopStrings(List.of("END"));

        assertThat(stops.append("the E")).isEqualTo("the ");
        assertThat(stops.append("N")).isEmpty();
        assertThat(stops.append("D and more")).isEmpty();
        assertThat(stops.met()).isTrue();
        assertThat(stops.append("even more")).isEmpty();
    }

    @Test
    void whatOnlyBeganLikeAStopIsShownLater() {
        StopStrings stops = new StopStrings(List.of("END"));

        assertThat(stops.append("EEN")).isEqualTo("E");
        assertThat(stops.append("E")).isEqualTo("EN");
        assertThat(stops.finish()).isEqualTo("E");
    }

    @Test
    void theEarliestOfSeveralStopsCounts() {
        StopStrings stops = new StopStrings(List.of("later", "b"));

        assertThat(stops.append("abc later")).isEqualTo("a");
        assertThat(stops.met()).isTrue();
    }

    @Test
    void theLongestPossibleBeginningIsHeld() {
        StopStrings stops = new StopStrings(List.of("b", "abab", "bac"));

        assertThat(new StopStrings(List.of("abab", "bac")).append("xaba")).isEqualTo("x");
        assertThat(stops.append("xaba")).isEqualTo("xa");
    }
}
