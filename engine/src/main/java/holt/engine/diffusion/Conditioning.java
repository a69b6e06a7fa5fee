package holt.engine.diffusion;

/**
 * A text as a UNet is told it.
 *
 * @param tokens [length, width], as many tokens whatever the text's length
 * @param pooled the text as a whole; empty where the model is not told it
 * @param ignored how many tokens of the text there was no room for
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
public record Conditioning(float[] tokens, float[] pooled, int ignored) {
    /** The same size, but nothing is said; some models were trained so. */
    Conditioning silent() {
        return new Conditioning(new float[tokens.length], new float[pooled.length], 0);
    }
}
