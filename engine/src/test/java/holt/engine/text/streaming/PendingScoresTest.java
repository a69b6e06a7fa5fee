package holt.engine.text.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.text.sampling.TokenScores;
import holt.engine.text.sampling.TokenScores.ScoredToken;
import holt.engine.tokenizer.TokenText;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingScoresTest {
    private final PendingScores pending = new PendingScores();

    @Test
    void aTokenIsToldWhenItsWholeTextIsShown() {
        TokenScores hello = add("hello", 5);
        TokenScores world = add(" world", 6);

        assertThat(pending.publish(5)).containsExactly(hello);
        assertThat(pending.publish(3)).isEmpty();
        assertThat(pending.publish(3)).containsExactly(world);
        assertThat(pending.rest()).isEmpty();
    }

    @Test
    void thePartsOfACharacterAreToldTogetherWithIt() {
        TokenScores first = add("\ufffd", 0);
        assertThat(pending.publish(0)).isEmpty();
        TokenScores second = add("\ufffd", 2);

        assertThat(pending.publish(1)).isEmpty();
        assertThat(pending.publish(1)).containsExactly(first, second);
    }

    @Test
    void whatNeverBecameTextIsTheRestAndWhatWasCutIsNot() {
        add("cut", 3);
        TokenScores never = add("\ufffd", 0);

        assertThat(pending.publish(2)).isEmpty();
        assertThat(pending.rest()).containsExactly(never);
    }

    private TokenScores add(String text, int characters) {
        var scores =
                new TokenScores(new ScoredToken(new TokenText(text, List.of()), -1), List.of());
        pending.add(scores, characters);
        return scores;
    }
}
