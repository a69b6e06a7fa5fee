package holt.benchmarks.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Summaries of several rounds. */
public final class Figures {
    private Figures() {}

    /** @return the value below which that share of the values lies */
    public static double percentile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.round(share * (sorted.length - 1)))];
    }

    public static double median(List<Double> values) {
        return percentile(values.stream().mapToDouble(Double::doubleValue).toArray(), 0.5);
    }

    /** The median, and in brackets the least and the greatest value. */
    public static String spread(List<Double> values, String format) {
        double least = values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        String all = format + " (" + format + " to " + format + ")";
        return String.format(Locale.ROOT, all, median(values), least, most);
    }
}
