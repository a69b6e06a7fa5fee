package holt.engine.decoder;

/**
 * The scores of the next token.
 *
 * @param values [rows * vocabulary], row by row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and too large to copy
public record Logits(float[] values, int vocabulary) {
    /** The index in {@link #values} where a row begins. */
    public int offset(int row) {
        return row * vocabulary;
    }
}
