package holt.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import holt.engine.decoder.Logits;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

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
        assertThat(new Sampler(Sampling.GREEDY).next(logits, 1)).isEqualTo(1);
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
        assertThat(shares(new Sampling(1, 0.6, 7L))[1]).isEqualTo(1);
        assertThat(shares(new Sampling(1, 0, 7L))[1]).isEqualTo(1);
        assertThat(shares(new Sampling(1, 0.95, 7L))[0]).isCloseTo(0.1, within(0.01));
    }

    @Test
    void aSeedRepeatsTheDraws() {
        Sampling seeded = new Sampling(1.3, 0.9, 42L);

        assertThat(draws(new Sampler(seeded), 100)).isEqualTo(draws(new Sampler(seeded), 100));
        assertThat(draws(new Sampler(new Sampling(1, 1, null)), 100))
                .isNotEqualTo(draws(new Sampler(new Sampling(1, 1, null)), 100));
    }

    private int[] draws(Sampler sampler, int count) {
        return IntStream.range(0, count).map(_ -> sampler.next(logits, 1)).toArray();
    }

    private double[] shares(Sampling sampling) {
        int[] draws = draws(new Sampler(sampling), 20_000);
        return IntStream.range(0, 3)
                .mapToDouble(token ->
                        Arrays.stream(draws).filter(draw -> draw == token).count() / 20_000.0)
                .toArray();
    }
}
