package holt.engine.diffusion;

/**
 * An encoded prompt.
 *
 * @param tokens [length, width]; the length is the same for every prompt
 * @param pooled [width], the pooled embedding of the whole prompt; empty if the UNet does not take one
 * @param ignored the number of prompt tokens beyond the model's limit
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Conditioning(float[] tokens, float[] pooled, int ignored) {
    /** Zeros of the same size. Some models were trained with them for an empty negative prompt. */
    Conditioning zeros() {
        return new Conditioning(new float[tokens.length], new float[pooled.length], 0);
    }
}
