package holt.standalone.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which word a user meant. */
final class NearestWord {
    /** Two swapped letters count as two edits. */
    private static final int MOST_EDITS = 2;

    private NearestWord() {}

    /** The known word with the fewest edits, if there are few. */
    static Optional<String> to(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> edits(word, candidate) <= MOST_EDITS)
                .filter(candidate -> candidate.length() > MOST_EDITS)
                .min(Comparator.comparingInt(candidate -> edits(word, candidate)));
    }

    /** The Levenshtein distance. */
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replace = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replace, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
