package holt.engine.image.denoising;

import holt.engine.diffusion.noise.Denoising;
import java.util.SplittableRandom;

/**
 * Unit normal noise of one picture. The same seed gives the same numbers on every device and JDK release: SplitMix64 and the
 * polar form of Box and Muller.
 */
public final class SeededNoise implements Denoising.NoiseSource {
    private final SplittableRandom random;
    private double spare = Double.NaN;

    public SeededNoise(long seed) {
        this.random = new SplittableRandom(seed);
    }

    @Override
    public double next() {
        if (!Double.isNaN(spare)) {
            double result = spare;
            spare = Double.NaN;
            return result;
        }
        double x;
        double y;
        double square;
        do {
            x = uniform();
            y = uniform();
            square = x * x + y * y;
        } while (square >= 1 || square == 0);
        double scale = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
        spare = y * scale;
        return x * scale;
    }

    /** From -1 to 1, with 53 random bits. */
    private double uniform() {
        return (random.nextLong() >>> 11) * 0x1p-52 - 1;
    }
}
