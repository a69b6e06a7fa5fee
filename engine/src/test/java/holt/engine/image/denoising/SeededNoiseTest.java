package holt.engine.image.denoising;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SeededNoiseTest {
    private static final int MANY = 200_000;

    @Test
    void itIsNormal() {
        SeededNoise noise = new SeededNoise(3);
        double sum = 0;
        double squares = 0;
        double fourth = 0;
        double neighbours = 0;
        double before = 0;
        for (int i = 0; i < MANY; i++) {
            double x = noise.next();
            sum += x;
            squares += x * x;
            fourth += x * x * x * x;
            neighbours += x * before;
            before = x;
        }
        assertThat(sum / MANY).isCloseTo(0, within(0.01));
        assertThat(squares / MANY).isCloseTo(1, within(0.02));
        assertThat(fourth / MANY).isCloseTo(3, within(0.1));
        assertThat(neighbours / MANY).isCloseTo(0, within(0.01));
    }

    @Test
    void aSeedGivesTheSameNoiseForEver() {
        SeededNoise noise = new SeededNoise(42);
        double[] first = {noise.next(), noise.next(), noise.next()};
        SeededNoise again = new SeededNoise(42);
        assertThat(new double[] {again.next(), again.next(), again.next()}).isEqualTo(first);
        assertThat(new SeededNoise(43).next()).isNotEqualTo(first[0]);
    }
}
