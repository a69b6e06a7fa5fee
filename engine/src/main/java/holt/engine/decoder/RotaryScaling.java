package holt.engine.decoder;

import java.util.List;

/**
 * How to scale rotary frequencies beyond the trained context.
 *
 * @param kind {@code default}, {@code linear}, {@code llama3} or {@code longrope}
 * @param trained the context length of the original training
 * @param divisors of each frequency
 * @param scale of sines and cosines
 */
record RotaryScaling(
        String kind,
        double factor,
        double lowFrequency,
        double highFrequency,
        double trained,
        List<Double> divisors,
        double scale) {
    static final RotaryScaling NONE = plain("default", 1, 1, 1, 1);

    static RotaryScaling linear(double factor) {
        return plain("linear", factor, 1, 1, 1);
    }

    static RotaryScaling llama3(double factor, double low, double high, double trained) {
        return plain("llama3", factor, low, high, trained);
    }

    static RotaryScaling longRope(List<Double> divisors, double scale) {
        return new RotaryScaling("longrope", 1, 1, 1, 1, divisors, scale);
    }

    private static RotaryScaling plain(
            String kind, double factor, double low, double high, double trained) {
        return new RotaryScaling(kind, factor, low, high, trained, List.of(), 1);
    }
}
