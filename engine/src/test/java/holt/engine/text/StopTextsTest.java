package holt.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StopTextsTest {
    @Test
    void textWithoutAStopPassesAtOnce() {
        StopTexts stops = new StopTexts(List.of("END"));

        assertThat(stops.append("Hello ")).isEqualTo("Hello ");
        assertThat(stops.met()).isFalse();
    }

    @Test
    void aStopAcrossSeveralPiecesNeverLeaks() {
        StopTexts stops = new StopTexts(List.of("END"));

        assertThat(stops.append("the E")).isEqualTo("the ");
        assertThat(stops.append("N")).isEmpty();
        assertThat(stops.append("D and more")).isEmpty();
        assertThat(stops.met()).isTrue();
        assertThat(stops.append("even more")).isEmpty();
    }

    @Test
    void whatOnlyBeganLikeAStopIsShownLater() {
        StopTexts stops = new StopTexts(List.of("END"));

        assertThat(stops.append("EEN")).isEqualTo("E");
        assertThat(stops.append("E")).isEqualTo("EN");
        assertThat(stops.finish()).isEqualTo("E");
    }

    @Test
    void theEarliestOfSeveralStopsCounts() {
        StopTexts stops = new StopTexts(List.of("later", "b"));

        assertThat(stops.append("abc later")).isEqualTo("a");
        assertThat(stops.met()).isTrue();
    }

    @Test
    void theLongestPossibleBeginningIsHeld() {
        StopTexts stops = new StopTexts(List.of("b", "abab", "bac"));

        assertThat(new StopTexts(List.of("abab", "bac")).append("xaba")).isEqualTo("x");
        assertThat(stops.append("xaba")).isEqualTo("xa");
    }
}
