package holt.engine.text;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What one step runs: the next tokens of some sequences, the same number for each.
 *
 * @param copies to be made before, in order
 * @param width tokens of each row
 */
record Batch(List<Copy> copies, List<Sequence> rows, int width) {
    /**
     * Of keys and values from slot to slot.
     *
     * @param length the first tokens, so many
     * @param sequence for whose sake
     */
    record Copy(int source, int target, int length, Sequence sequence) {}

    /** How many tokens it runs. */
    int size() {
        return rows.size() * width;
    }

    /** The same without its copies, some tokens at a time; of a row that has more by itself only its first ones. */
    List<Batch> parts(int most) {
        int fit = Math.max(1, most / width);
        return IntStream.iterate(0, i -> i < rows.size(), i -> i + fit)
                .mapToObj(i -> rows.subList(i, Math.min(rows.size(), i + fit)))
                .map(some -> new Batch(List.of(), some, Math.min(width, most)))
                .toList();
    }

    /** Only the rows that are meant. */
    Batch filter(Predicate<Sequence> meant) {
        return new Batch(copies, rows.stream().filter(meant).toList(), width);
    }

    /** Token ids, [rows * width]. */
    long[] tokens() {
        long[] tokens = new long[rows.size() * width];
        for (int i = 0; i < tokens.length; i++) {
            Sequence row = rows.get(i / width);
            tokens[i] = row.token(row.computed() + i % width);
        }
        return tokens;
    }

    /** Their positions, [rows * width]. */
    long[] positions() {
        long[] positions = new long[rows.size() * width];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = rows.get(i / width).computed() + i % width;
        }
        return positions;
    }

    /** Where each row's keys and values are, [rows]. */
    long[] slots() {
        return rows.stream().mapToLong(Sequence::slot).toArray();
    }
}
