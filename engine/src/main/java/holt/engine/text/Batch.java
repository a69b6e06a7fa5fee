package holt.engine.text;

import java.util.List;

/**
 * What one step runs: the next tokens of some sequences, the same number for each.
 *
 * @param forks to be made before
 * @param width tokens of each row
 */
record Batch(List<Fork> forks, List<Sequence> rows, int width) {
    /**
     * A sequence whose prompt another one has read.
     *
     * @param length of the prompt's tokens, so many are taken over
     */
    record Fork(Sequence from, Sequence to, int length) {}

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
