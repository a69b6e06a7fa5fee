package holt.engine.decoder;

/**
 * Scores of the next token.
 *
 * @param values [rows * vocabulary], row by row
 */
@SuppressWarnings(
        "ArrayRecordComponent") // never compared; a copy per step would cost more than the
// sampling
public record Logits(float[] values, int vocabulary) {
    /** Where a row begins in {@link #values}. */
    public int offset(int row) {
        return row * vocabulary;
    }
}
