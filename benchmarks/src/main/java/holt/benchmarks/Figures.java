package holt.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Figures of several rounds. */
final class Figures {
    private Figures() {}

    /** @return the value below which that share of them lies */
    static double percentile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.round(share * (sorted.length - 1)))];
    }

    static double median(List<Double> values) {
        return percentile(values.stream().mapToDouble(Double::doubleValue).toArray(), 0.5);
    }

    /** Median, and in brackets the least and the most. */
    static String spread(List<Double> values, String format) {
        double least = values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        String all = format + " (" + format + " to " + format + ")";
        return String.format(Locale.ROOT, all, median(values), least, most);
    }
}
