package holt.engine.text.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import holt.engine.NotFiniteException;
import holt.engine.decoder.Logits;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {
    // Probabilities 0.1, 0.6, 0.3 at temperature 1; the row before must not matter.
    private final Logits logits =
            new Logits(
                    new float[] {
                        9, 9, 9, (float) Math.log(0.1), (float) Math.log(0.6), (float) Math.log(0.3)
                    },
                    3);

    @Test
    void temperatureZeroTakesTheLikeliest() {
        assertThat(sampler(Sampling.GREEDY).next(logits, 1)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aRowWithoutANumberIsRefused(float value) {
        Logits broken = new Logits(new float[] {1, 2, 3, value, value, value}, 3);

        for (Sampling sampling : List.of(Sampling.GREEDY, new Sampling(1, 0.9, 7L))) {
            assertThatThrownBy(() -> sampler(sampling).next(broken, 1))
                    .isInstanceOf(NotFiniteException.class)
                    .hasMessage("the logits are not finite numbers");
            assertThat(sampler(sampling).next(broken, 0)).isBetween(0, 2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void noTokenIsDrawnFromARowWithNaN(int place) {
        float[] row = {1, 2, 3};
        row[place] = Float.NaN;

        assertThatThrownBy(() -> sampler(new Sampling(1, 1, 7L)).next(new Logits(row, 3), 0))
                .isInstanceOf(NotFiniteException.class);
    }

    @Test
    void drawsFollowTheProbabilities() {
        double[] shares = shares(new Sampling(1, 1, 7L));

        assertThat(shares[0]).isCloseTo(0.1, within(0.01));
        assertThat(shares[1]).isCloseTo(0.6, within(0.01));
        assertThat(shares[2]).isCloseTo(0.3, within(0.01));
    }

    @Test
    void temperatureSharpensAndFlattens() {
        // p^2 normalised: 0.01, 0.36, 0.09 of 0.46
        assertThat(shares(new Sampling(0.5, 1, 7L))[1]).isCloseTo(0.36 / 0.46, within(0.01));
    }

    @Test
    void topPKeepsTheFewestThatReachIt() {
        double[] shares = shares(new Sampling(1, 0.7, 7L));

        assertThat(shares[0]).isZero();
        assertThat(shares[1]).isCloseTo(0.6 / 0.9, within(0.01));
        assertThat(shares(new Sampling(1, 0.59, 7L))[1]).isEqualTo(1);
        assertThat(shares(new Sampling(1, 0, 7L))[1]).isEqualTo(1);
        assertThat(shares(new Sampling(1, 0.95, 7L))[0]).isCloseTo(0.1, within(0.01));
    }

    @Test
    void aSeedRepeatsTheDraws() {
        Sampling seeded = new Sampling(1.3, 0.9, 42L);

        assertThat(draws(sampler(seeded), 100)).isEqualTo(draws(sampler(seeded), 100));
        assertThat(draws(sampler(new Sampling(1, 1, null)), 100))
                .isNotEqualTo(draws(sampler(new Sampling(1, 1, null)), 100));
    }

    @Test
    void topKKeepsTheLikeliestAndThoseAsLikely() {
        double[] shares = shares(cut(2, 1, 0));

        assertThat(shares[0]).isZero();
        assertThat(shares[1]).isCloseTo(0.6 / 0.9, within(0.01));
        assertThat(shares(cut(1, 1, 0))[1]).isEqualTo(1);
        assertThat(shares(cut(3, 1, 0))[0]).isCloseTo(0.1, within(0.01));
        assertThat(shares(cut(99, 1, 0))[0]).isCloseTo(0.1, within(0.01));

        var equals = new Logits(new float[] {1, 2, 2, 1}, 4);
        Sampler one = sampler(cut(1, 1, 0));
        assertThat(IntStream.range(0, 100).map(_ -> one.next(equals, 0)).distinct())
                .containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void minPKeepsWhatHasThatShareOfTheLikeliest() {
        // 0.3 / 0.6 = 0.5, 0.1 / 0.6 = 0.17
        assertThat(shares(cut(0, 1, 0.4))[0]).isZero();
        assertThat(shares(cut(0, 1, 0.4))[1]).isCloseTo(0.6 / 0.9, within(0.01));
        assertThat(shares(cut(0, 1, 0.16))[0]).isCloseTo(0.1, within(0.01));
        assertThat(shares(cut(0, 1, 1))[1]).isEqualTo(1);
    }

    @Test
    void minPLooksAtTheProbabilitiesAfterTheTemperature() {
        // At temperature 0.5 the second is 0.09 / 0.36 = 0.25 of the likeliest.
        var sampling = new Sampling(0.5, 0, 1, 0.4, Sampling.Penalties.NONE, Map.of(), 7L);

        assertThat(shares(sampling)[1]).isEqualTo(1);
    }

    @Test
    void topPIsAShareOfWhatTopKLeaves() {
        // Of 0.6 and 0.3 the first alone has 0.667: enough for 0.65, though not of the whole.
        assertThat(shares(cut(2, 0.65, 0))[1]).isEqualTo(1);
        assertThat(shares(cut(3, 0.65, 0))[1]).isCloseTo(0.6 / 0.9, within(0.01));
    }

    @Test
    void aGreedyChoiceHeedsBiasAndPenalties() {
        assertThat(sampler(biased(0, Map.of(2, 1.0))).next(logits, 1)).isEqualTo(2);

        // log 0.6 - log 0.3 = 0.69: one time is enough, then the other has had its turn.
        var penalties = new Sampling.Penalties(0, 0.7, 1);
        Sampler penalized = sampler(new Sampling(0, 0, 1, 0, penalties, Map.of(), null));
        assertThat(draws(penalized, 3)).containsExactly(1, 2, 1);
    }

    @Test
    void aBiasChangesTheProbabilities() {
        // 0.1 e, 0.6, 0.3
        assertThat(shares(biased(1, Map.of(0, 1.0)))[0])
                .isCloseTo(0.1 * Math.E / (0.1 * Math.E + 0.9), within(0.01));
        assertThat(shares(biased(1, Map.of(1, -100.0)))[1]).isZero();
    }

    @Test
    void eachOfSeveralAnswersHasTheNextSeed() {
        Sampling seeded = new Sampling(1, 1, 42L);

        assertThat(seeded.forChoice(0)).isEqualTo(seeded);
        assertThat(seeded.forChoice(3)).isEqualTo(new Sampling(1, 1, 45L));
        assertThat(new Sampling(1, 1, null).forChoice(3).seed()).isNull();
    }

    private static Sampling cut(int topK, double topP, double minP) {
        return new Sampling(1, topK, topP, minP, Sampling.Penalties.NONE, Map.of(), 7L);
    }

    private static Sampling biased(double temperature, Map<Integer, Double> bias) {
        return new Sampling(temperature, 0, 1, 0, Sampling.Penalties.NONE, bias, 7L);
    }

    private static Sampler sampler(Sampling sampling) {
        return new Sampler(sampling, new long[0]);
    }

    private int[] draws(Sampler sampler, int count) {
        return IntStream.range(0, count).map(_ -> sampler.next(logits, 1)).toArray();
    }

    private double[] shares(Sampling sampling) {
        int[] draws = draws(sampler(sampling), 20_000);
        return IntStream.range(0, 3)
                .mapToDouble(token ->
                        Arrays.stream(draws).filter(draw -> draw == token).count() / 20_000.0)
                .toArray();
    }
}
