package holt.engine.text.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncrementalDetokenizerTest {
    /** Each token is one byte. */
    private final IncrementalDetokenizer text =
            new IncrementalDetokenizer(ids -> {
                byte[] bytes = new byte[ids.length];
                for (int i = 0; i < ids.length; i++) {
                    bytes[i] = (byte) ids[i];
                }
                return new String(bytes, StandardCharsets.UTF_8);
            });

    @Test
    void charactersComeWhole() {
        assertThat(feed("a水🦦é")).containsExactly("a", "", "", "水", "", "", "", "🦦", "", "é");
        assertThat(text.finish()).isEmpty();
    }

    @Test
    void anIncompleteCharacterAtTheEndIsLeftOut() {
        text.append('a');
        text.append(0xF0);
        text.append(0x9F);

        assertThat(text.finish()).isEmpty();
    }

    @Test
    void bytesThatAreNoTextBecomeReplacementCharactersAndDoNotHoldTheRestBack() {
        text.append(0xFF);

        assertThat(text.append('a')).isEqualTo("\uFFFDa");
    }

    @Test
    void endlessNonsenseIsNotHeldBackForever() {
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            pieces.add(text.append(0xFF));
        }

        assertThat(String.join("", pieces).length()).isGreaterThan(80);
    }

    @Test
    void textIsTakenInTheContextOfTheTokensBefore() {
        // A decoder that drops the first space, as SentencePiece's does.
        IncrementalDetokenizer spaced =
                new IncrementalDetokenizer(ids -> {
                    String words = " word".repeat(ids.length);
                    return words.isEmpty() ? "" : words.substring(1);
                });

        assertThat(spaced.append(1) + spaced.append(1) + spaced.append(1))
                .isEqualTo("word word word");
    }

    private List<String> feed(String whole) {
        List<String> pieces = new ArrayList<>();
        for (byte each : whole.getBytes(StandardCharsets.UTF_8)) {
            pieces.add(text.append(each & 0xFF));
        }
        return pieces;
    }
}
