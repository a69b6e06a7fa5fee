package holt.api.queue.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Reply;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StreamedTextTest {
    private final StreamedText text = new StreamedText();

    @Test
    void aClaimsTextIsSentAsItComes() {
        assertThat(next("He")).isEqualTo("He");
        assertThat(next("llo")).isEqualTo("llo");
        assertThat(rest("Hello, otter")).isEqualTo(", otter");
    }

    @Test
    @DisplayName("R46: a new claim is swallowed while it repeats, and sent from there on")
    void aNewClaimIsSwallowedWhileItRepeatsAndSentFromThereOn() {
        next("Hello");

        text.restart();

        assertThat(next("He")).isEmpty();
        assertThat(next("llo, ")).isEqualTo(", ");
        assertThat(next("otter")).isEqualTo("otter");
    }

    @Test
    @DisplayName("R47: a new claim with another text is detected")
    void aNewClaimWithAnotherTextIsDetected() {
        next("Hello");

        text.restart();

        assertThat(next("Hi")).isNull();
    }

    @Test
    void aWholeTextThatDoesNotBeginWithWhatWasSentIsDetected() {
        next("Hello");

        assertThat(rest("Help")).isNull();
        assertThat(rest("Hel")).isNull();
    }

    private @Nullable String next(String delta) {
        return textOf(text.next(new Reply.TextDelta(delta, 1)));
    }

    private @Nullable String rest(String whole) {
        return textOf(text.rest(whole, null, null, null));
    }

    private static @Nullable String textOf(Reply.@Nullable TextDelta delta) {
        return delta == null ? null : delta.text();
    }
}
