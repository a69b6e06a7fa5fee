package holt.engine.text;

import holt.engine.decoder.Logits;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Draws the tokens of one sequence; its random numbers are its own. */
final class Sampler {
    private static final double[] FLOORS = {0.1, 1e-2, 1e-3, 1e-4, 1e-6, 0};

    private final Sampling sampling;
    private final SplittableRandom random;

    Sampler(Sampling sampling) {
        this.sampling = sampling;
        this.random =
                new SplittableRandom(
                        sampling.seed() == null ? new SecureRandom().nextLong() : sampling.seed());
    }

    /** The next token after a row of logits. */
    int next(Logits logits, int row) {
        float[] values = logits.values();
        int from = logits.offset(row);
        int best = likeliest(values, from, from + logits.vocabulary());
        if (sampling.temperature() == 0) {
            return best - from;
        }
        double[] weights = new double[logits.vocabulary()]; // relative to the likeliest token's
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp((values[from + i] - values[best]) / sampling.temperature());
            total += weights[i];
        }
        return sampling.topP() >= 1
                ? draw(weights, null, weights.length, total)
                : drawAmongLikeliest(weights, sampling.topP() * total);
    }

    private static int likeliest(float[] values, int from, int to) {
        int best = from;
        for (int i = from + 1; i < to; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }

    /** Sorts no more than the head of the distribution that reaches the wanted weight. */
    private int drawAmongLikeliest(double[] weights, double wanted) {
        int[] candidates = {};
        for (double floor : FLOORS) {
            candidates = above(weights, floor);
            if (Arrays.stream(candidates).mapToDouble(i -> weights[i]).sum() >= wanted) {
                break;
            }
        }
        int[] sorted =
                Arrays.stream(candidates)
                        .boxed()
                        .sorted((a, b) -> Double.compare(weights[b], weights[a]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        int count = 0;
        double kept = 0;
        do {
            kept += weights[sorted[count++]];
        } while (kept < wanted && count < sorted.length);
        return draw(weights, sorted, count, kept);
    }

    private static int[] above(double[] weights, double floor) {
        int[] found = new int[weights.length];
        int count = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] >= floor) {
                found[count++] = i;
            }
        }
        return Arrays.copyOf(found, count);
    }

    /** Draws one of the first {@code count} tokens of {@code order}, or of all in their own order if it is null. */
    private int draw(double[] weights, int @Nullable [] order, int count, double total) {
        double point = random.nextDouble() * total;
        int token = 0;
        for (int i = 0; i < count; i++) {
            token = order == null ? i : order[i];
            point -= weights[token];
            if (point < 0) {
                return token;
            }
        }
        return token; // rounding left a crumb of the total
    }
}
