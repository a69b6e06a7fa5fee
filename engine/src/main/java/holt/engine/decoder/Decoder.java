package holt.engine.decoder;

/** A loaded model with room for {@link #slots} sequences. Used by one thread at a time. */
public interface Decoder extends AutoCloseable {
    /** How many sequences have a place in the key/value cache. */
    int slots();

    /** How many tokens there are: ids are below it. */
    int vocabulary();

    /** How many tokens fit a slot, prompt and completion together. */
    int contextLength();

    /** Tells the decoder which thread calls {@link #step} and {@link #copy} from now on; called on that thread. */
    void useThisThread();

    /**
     * Runs the next tokens of some sequences, the same number for each.
     *
     * @param tokens token ids, [rows * width], row by row
     * @param positions their positions in their sequences, [rows * width]; the positions before them have been run
     * @param slots the slot of each row, [rows], all different
     * @return the logits after each row's last token
     */
    Logits step(long[] tokens, long[] positions, long[] slots);

    /**
     * Gives a slot the keys and values of another one's first positions, as if it had run them.
     *
     * @param length positions, all of which the source has run
     */
    void copy(Slot source, Slot target, int length);

    @Override
    void close();
}
