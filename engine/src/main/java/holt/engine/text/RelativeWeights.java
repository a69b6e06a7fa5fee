package holt.engine.text;

/**
 * The exponentials of a row of logits, in float arithmetic without branches or calls, which the compiler turns into vector instructions:
 * {@link Math#exp} took most of the time in which a token is drawn from a large vocabulary.
 */
final class RelativeWeights {
    private static final int SQUARINGS = 6;
    private static final float PARTS = 1 << SQUARINGS;

    /** A weight below e to this power is as good as none, even a whole vocabulary of them. */
    private static final float LEAST_EXPONENT = -40;

    private RelativeWeights() {}

    /**
     * Replaces each logit by {@code exp((logit - best) / temperature)}, to 1 in 50,000 down to {@code exp(-20)}; no weight is less than
     * about {@code exp(-40)}. That of the best is exactly 1.
     */
    static void of(float[] logits, float best, double temperature) {
        float scale = (float) Math.min(1 / (temperature * PARTS), Float.MAX_VALUE);
        for (int i = 0; i < logits.length; i++) {
            float x = Math.max((logits[i] - best) * scale, LEAST_EXPONENT / PARTS);
            float y = // exp(x) by its series: x is within -0.625 and 0
                    1
                            + x
                                    * (1
                                            + x
                                                    * (1f / 2
                                                            + x
                                                                    * (1f / 6
                                                                            + x
                                                                                    * (1f / 24
                                                                                            + x
                                                                                                    * (1f
                                                                                                                    / 120
                                                                                                            + x
                                                                                                                    / 720)))));
            y *= y; // as often as SQUARINGS says
            y *= y;
            y *= y;
            y *= y;
            y *= y;
            logits[i] = y * y;
        }
    }
}
