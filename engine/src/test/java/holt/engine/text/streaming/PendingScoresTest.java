package holt.engine.text.streaming;

import holt.engine.text.sampling.TokenScores;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.text.sampling.TokenScores.ScoredToken;
import holt.engine.tokenizer.TokenText;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingScoresTest {
    private final PendingScores held = new PendingScores();

    @Test
    void aTokenIsToldWhenItsWholeTextIsShown() {
        TokenScores hello = add("hello", 5);
        TokenScores world = add(" world", 6);

        assertThat(held.show(5)).containsExactly(hello);
        assertThat(held.show(3)).isEmpty();
        assertThat(held.show(3)).containsExactly(world);
        assertThat(held.rest()).isEmpty();
    }

    @Test
    void thePartsOfACharacterAreToldTogetherWithIt() {
        TokenScores first = add("\ufffd", 0);
        assertThat(held.show(0)).isEmpty();
        TokenScores second = add("\ufffd", 2);

        assertThat(held.show(1)).isEmpty();
        assertThat(held.show(1)).containsExactly(first, second);
    }

    @Test
    void whatNeverBecameTextIsTheRestAndWhatWasCutIsNot() {
        add("cut", 3);
        TokenScores never = add("\ufffd", 0);

        assertThat(held.show(2)).isEmpty();
        assertThat(held.rest()).containsExactly(never);
    }

    private TokenScores add(String text, int characters) {
        var scores =
                new TokenScores(new ScoredToken(new TokenText(text, List.of()), -1), List.of());
        held.add(scores, characters);
        return scores;
    }
}
