package holt.standalone.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prints rows whose columns are aligned, except the last one. */
final class PrintTable {
    private final PrintStream out;

    PrintTable(PrintStream out) {
        this.out = out;
    }

    void print(List<String> head, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>(List.of(head));
        all.addAll(rows);
        int[] widths =
                IntStream.range(0, head.size() - 1)
                        .map(column ->
                                all.stream()
                                        .mapToInt(row -> row.get(column).length())
                                        .max()
                                        .orElse(0))
                        .toArray();
        for (List<String> row : all) {
            String cells =
                    IntStream.range(0, widths.length)
                            .mapToObj(column -> padded(row.get(column), widths[column]))
                            .collect(Collectors.joining("  ", "  ", "  "));
            out.println((cells + row.getLast()).stripTrailing());
        }
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
