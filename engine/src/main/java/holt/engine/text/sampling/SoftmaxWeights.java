package holt.engine.text.sampling;

/**
 * The exponentials of a softmax, without its division. The float arithmetic has no branches and no calls, so the compiler
 * vectorises it. {@link Math#exp} would take most of the time of sampling from a large vocabulary.
 */
final class SoftmaxWeights {
    private static final int SQUARINGS = 6;
    private static final float PARTS = 1 << SQUARINGS;

    /** A weight below e to this power does not matter, even for a whole vocabulary. */
    private static final float LEAST_EXPONENT = -40;

    private SoftmaxWeights() {}

    /**
     * Replaces each logit by {@code exp((logit - best) / temperature)}. The weight of the best logit is exactly 1. The relative
     * error is at most 1 in 50,000 down to {@code exp(-20)}. No weight is below about {@code exp(-40)}.
     *
     * @param logits [vocabulary]; changed in place
     * @param best the largest logit
     */
    static void of(float[] logits, float best, double temperature) {
        float scale = (float) Math.min(1 / (temperature * PARTS), Float.MAX_VALUE);
        for (int i = 0; i < logits.length; i++) {
            float x = Math.max((logits[i] - best) * scale, LEAST_EXPONENT / PARTS);
            // The series of exp(x) by Horner's rule. x is from -0.625 to 0.
            float y = 1f / 120 + x / 720;
            y = 1f / 24 + x * y;
            y = 1f / 6 + x * y;
            y = 1f / 2 + x * y;
            y = 1 + x * y;
            y = 1 + x * y;
            y *= y; // SQUARINGS times
            y *= y;
            y *= y;
            y *= y;
            y *= y;
            logits[i] = y * y;
        }
    }
}
