package holt.engine.decoder;

/** A loaded model with a key/value cache for {@link #slots} sequences. Used by one thread at a time. */
public interface Decoder extends AutoCloseable {
    /** The number of slots of the key/value cache. */
    int slots();

    /** The number of tokens. Token ids are below it. */
    int vocabulary();

    /** The tokens that fit into a slot, prompt and completion together. */
    int contextLength();

    /** Prepares the calling thread, which calls {@link #step} and {@link #copy} from now on. */
    void useThisThread();

    /**
     * Runs the next tokens of some sequences, the same number for each.
     *
     * @param tokens token ids, [rows * width], row by row
     * @param positions the positions of the tokens in their sequences, [rows * width]; earlier positions must have run
     * @param slots the slot index of each row, [rows], all different
     * @return the logits after each row's last token
     */
    Logits step(long[] tokens, long[] positions, long[] slots);

    /**
     * The same, with the logits after every token.
     *
     * @return [rows * width] rows of logits, row by row
     */
    Logits stepWhole(long[] tokens, long[] positions, long[] slots);

    /**
     * Copies the keys and values of the source's first positions.
     *
     * @param length the number of positions; the source must have run all of them
     */
    void copy(Slot source, Slot target, int length);

    @Override
    void close();
}
