package holt.engine.text.scheduling;

import holt.engine.decoder.Slot;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The work of one step: the next tokens of some sequences, the same number for each.
 *
 * @param copies to make before the step, in order
 * @param width the number of tokens of each row
 */
public record Batch(List<Copy> copies, List<Sequence> rows, int width) {
    /**
     * Copies keys and values from slot to slot.
     *
     * @param length the number of tokens, from the first
     * @param sequence the sequence that needs the copy
     */
    public record Copy(Slot source, Slot target, int length, Sequence sequence) {}

    /** The number of tokens. */
    public int size() {
        return rows.size() * width;
    }

    /**
     * Splits the batch into batches of at most {@code maxTokens}, without the copies. A row with more tokens keeps its first
     * ones.
     */
    public List<Batch> parts(int maxTokens) {
        int rowsPerPart = Math.max(1, maxTokens / width);
        return IntStream.iterate(0, i -> i < rows.size(), i -> i + rowsPerPart)
                .mapToObj(i -> rows.subList(i, Math.min(rows.size(), i + rowsPerPart)))
                .map(some -> new Batch(List.of(), some, Math.min(width, maxTokens)))
                .toList();
    }

    /** Whether the logits after each token count. */
    public boolean isWhole() {
        return width > 1 && rows.stream().anyMatch(Sequence::isScored);
    }

    /** The batch with only the rows that match. */
    public Batch filter(Predicate<Sequence> wanted) {
        return new Batch(copies, rows.stream().filter(wanted).toList(), width);
    }

    /** Token ids, [rows * width], row by row. */
    public long[] tokens() {
        long[] tokens = new long[rows.size() * width];
        for (int i = 0; i < tokens.length; i++) {
            Sequence row = rows.get(i / width);
            tokens[i] = row.token(row.computed() + i % width);
        }
        return tokens;
    }

    /** The positions of the tokens in their sequences, [rows * width], row by row. */
    public long[] positions() {
        long[] positions = new long[rows.size() * width];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = rows.get(i / width).computed() + i % width;
        }
        return positions;
    }

    /** The slot index of each row, [rows]. */
    public long[] slots() {
        return rows.stream().mapToLong(row -> row.slot().index()).toArray();
    }
}
