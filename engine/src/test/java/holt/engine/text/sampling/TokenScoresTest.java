package holt.engine.text.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import holt.engine.decoder.Logits;
import holt.engine.text.sampling.TokenScores.ScoredToken;
import holt.engine.tokenizer.TokenText;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenScoresTest {
    // The second row: probabilities 0.1, 0.5, 0.1, 0.3, shifted as logits may be.
    private final Logits logits =
            new Logits(new float[] {9, 9, 9, 9, log(0.1), log(0.5), log(0.1), log(0.3)}, 4);

    @Test
    void aTokenHasTheLogarithmOfItsProbability() {
        TokenScores scores = scores(3, 0);

        assertThat(scores.chosen().token().text()).isEqualTo("t3");
        assertThat(scores.chosen().logprob()).isCloseTo(Math.log(0.3), within(1e-6));
        assertThat(scores.top()).isEmpty();
    }

    @Test
    void theLikeliestComeFirstAndOfEqualsTheSmallerId() {
        assertThat(texts(scores(0, 3))).containsExactly("t1", "t3", "t0");
        assertThat(scores(0, 2).top().get(1).logprob()).isCloseTo(Math.log(0.3), within(1e-6));
    }

    @Test
    void thereAreNoMoreThanTheVocabularyHas() {
        assertThat(texts(scores(0, 20))).containsExactly("t1", "t3", "t0", "t2");
    }

    @Test
    void whatCannotBeHasTheLeastThatIsSaid() {
        Logits impossible = new Logits(new float[] {Float.NEGATIVE_INFINITY, 0}, 2);

        assertThat(TokenScores.of(impossible, 0, 0, 0, TokenScoresTest::spell).chosen().logprob())
                .isEqualTo(-9999);
    }

    private TokenScores scores(int token, int count) {
        return TokenScores.of(logits, 1, token, count, TokenScoresTest::spell);
    }

    private static List<String> texts(TokenScores scores) {
        return scores.top().stream().map(ScoredToken::token).map(TokenText::text).toList();
    }

    private static TokenText spell(long id) {
        return new TokenText("t" + id, List.of());
    }

    private static float log(double probability) {
        return (float) Math.log(probability) + 5;
    }
}
