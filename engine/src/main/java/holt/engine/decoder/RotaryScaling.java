package holt.engine.decoder;

/**
 * How to scale rotary frequencies beyond the trained context.
 *
 * @param kind {@code default}, {@code linear} or {@code llama3}
 * @param trained the context length of the original training
 */
record RotaryScaling(
        String kind, double factor, double lowFrequency, double highFrequency, double trained) {
    static final RotaryScaling NONE = new RotaryScaling("default", 1, 1, 1, 1);
}
