package holt.engine.text.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AdjustLogitsTest {
    private static final long[] PROMPT = {1, 3};

    @Test
    void withoutBiasAndPenaltiesNothingChanges() {
        AdjustLogits adjust = with(Sampling.Penalties.NONE, Map.of());
        adjust.count(0);

        assertThat(adjust.changesNothing()).isTrue();
        assertThat(adjusted(adjust, 2, -1, 0.5f, 4)).containsExactly(2, -1, 0.5f, 4);
    }

    @Test
    void aBiasIsAdded() {
        AdjustLogits adjust = with(Sampling.Penalties.NONE, Map.of(0, -100.0, 2, 1.5));

        assertThat(adjust.changesNothing()).isFalse();
        assertThat(adjusted(adjust, 2, -1, 0.5f, 4)).containsExactly(-98, -1, 2, 4);
    }

    @Test
    void frequencyCountsEachTimeInTheAnswerAndPresenceOnce() {
        AdjustLogits adjust = with(new Sampling.Penalties(0.5, 1, 1), Map.of());
        adjust.count(0);
        adjust.count(0);
        adjust.count(2);

        // 2 - 2 * 0.5 - 1; the prompt's 1 and 3 are untouched; 0.5 - 0.5 - 1
        assertThat(adjusted(adjust, 2, -1, 0.5f, 4)).containsExactly(0, -1, -1, 4);
    }

    @Test
    void negativePenaltiesInviteRepetition() {
        AdjustLogits adjust = with(new Sampling.Penalties(-2, -1, 1), Map.of());
        adjust.count(2);

        assertThat(adjusted(adjust, 2, -1, 0.5f, 4)).containsExactly(2, -1, 3.5f, 4);
    }

    @Test
    void repetitionDividesWhatIsPositiveAndMultipliesWhatIsNegativeAlsoOfThePrompt() {
        AdjustLogits adjust = with(new Sampling.Penalties(0, 0, 2), Map.of());
        adjust.count(0);
        adjust.count(0);

        assertThat(adjusted(adjust, 2, -1, 0.5f, 4)).containsExactly(1, -2, 0.5f, 2);
    }

    @Test
    void theBiasComesFirstThenRepetitionThenTheOthers() {
        AdjustLogits adjust = with(new Sampling.Penalties(0.25, 0.5, 2), Map.of(0, 4.0));
        adjust.count(0);

        // (2 + 4) / 2 - 0.25 - 0.5
        assertThat(adjusted(adjust, 2, 0, 0, 0)[0]).isEqualTo(2.25f);
    }

    @Test
    void noPenaltyMakesALogitInfinite() {
        AdjustLogits adjust = with(new Sampling.Penalties(0, 0, Double.MIN_VALUE), Map.of());
        adjust.count(0);

        assertThat(adjusted(adjust, 2, -1, 0, 4)).doesNotContain(Float.POSITIVE_INFINITY);
    }

    private static AdjustLogits with(Sampling.Penalties penalties, Map<Integer, Double> bias) {
        return new AdjustLogits(new Sampling(1, 0, 1, 0, penalties, bias, null), PROMPT);
    }

    private static float[] adjusted(AdjustLogits adjust, float... logits) {
        adjust.apply(logits);
        return logits;
    }
}
