package holt.api.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamedTextTest {
    private final StreamedText text = new StreamedText();

    @Test
    void aClaimsTextIsSentOnAsItComes() {
        assertThat(text.next("He")).isEqualTo("He");
        assertThat(text.next("llo")).isEqualTo("llo");
        assertThat(text.rest("Hello, otter")).isEqualTo(", otter");
    }

    @Test
    void aNewClaimIsSwallowedWhileItRepeatsAndSentOnFromThere() {
        text.next("Hello");

        text.restart();

        assertThat(text.next("He")).isEmpty();
        assertThat(text.next("llo, ")).isEqualTo(", ");
        assertThat(text.next("otter")).isEqualTo("otter");
    }

    @Test
    void aNewClaimThatSaysSomethingElseIsFoundOut() {
        text.next("Hello");

        text.restart();

        assertThat(text.next("Hi")).isNull();
    }

    @Test
    void aWholeTextThatDoesNotBeginWithWhatWasSentIsFoundOut() {
        text.next("Hello");

        assertThat(text.rest("Help")).isNull();
        assertThat(text.rest("Hel")).isNull();
    }
}
