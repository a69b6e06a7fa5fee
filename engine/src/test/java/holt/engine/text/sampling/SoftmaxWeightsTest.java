package holt.engine.text.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoftmaxWeightsTest {
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.7, 1, 2})
    void areExponentials(double temperature) {
        float[] logits = new float[20_001];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (17 - i * 0.001 * temperature);
        }
        float[] weights = logits.clone();

        SoftmaxWeights.of(weights, 17, temperature);

        for (int i = 0; i < logits.length; i++) {
            double exact = Math.exp((logits[i] - 17) / temperature);
            assertThat((double) weights[i]).isCloseTo(exact, within(2e-5 * exact));
        }
    }

    @Test
    void whatIsFarFromTheBestHasAsGoodAsNone() {
        float[] weights = {5, -60, -Float.MAX_VALUE, Float.NEGATIVE_INFINITY};

        SoftmaxWeights.of(weights, 5, 1);

        assertThat(weights[0]).isEqualTo(1);
        for (int i = 1; i < weights.length; i++) {
            assertThat(weights[i]).isBetween(0f, 1e-16f);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 1e-60, Double.MIN_VALUE})
    void theLowestTemperaturesLeaveTheBestAlone(double temperature) {
        float[] weights = {2, 1.9f, 2};

        SoftmaxWeights.of(weights, 2, temperature);

        assertThat(weights[0]).isEqualTo(1);
        assertThat(weights[1]).isLessThan(1e-16f);
        assertThat(weights[2]).isEqualTo(1);
    }
}
