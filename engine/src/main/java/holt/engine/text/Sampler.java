package holt.engine.text;

import holt.engine.decoder.Logits;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.SplittableRandom;

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
        float[] weights = new float[logits.vocabulary()]; // relative to the likeliest token's
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] =
                    (float) Math.exp((values[from + i] - values[best]) / sampling.temperature());
            total += weights[i];
        }
        return sampling.topP() >= 1
                ? drawAmongAll(weights, total)
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

    private int drawAmongAll(float[] weights, double total) {
        double point = random.nextDouble() * total;
        for (int token = 0; token < weights.length; token++) {
            point -= weights[token];
            if (point < 0) {
                return token;
            }
        }
        return likeliest(weights, 0, weights.length); // rounding left a crumb of the total
    }

    private int drawAmongLikeliest(float[] weights, double wanted) {
        long[] ascending = head(weights, wanted);
        double kept = 0;
        int end = ascending.length;
        do {
            kept += weights[(int) ascending[--end]];
        } while (kept < wanted && end > 0);
        double point = random.nextDouble() * kept;
        for (int i = ascending.length - 1; i > end; i--) {
            point -= weights[(int) ascending[i]];
            if (point < 0) {
                return (int) ascending[i];
            }
        }
        return (int) ascending[end];
    }

    /**
     * The likeliest tokens, enough to reach the wanted weight, least likely first. Each is its weight's bits, which sort like
     * the weight, above its id. Most of a vocabulary is never likely enough to be sorted.
     */
    private static long[] head(float[] weights, double wanted) {
        long[] found = new long[weights.length];
        for (double floor : FLOORS) {
            int count = 0;
            double sum = 0;
            for (int token = 0; token < weights.length; token++) {
                if (weights[token] >= floor) {
                    found[count++] =
                            (long) Float.floatToIntBits(weights[token]) << Integer.SIZE | token;
                    sum += weights[token];
                }
            }
            if (sum >= wanted || floor == 0) {
                found = Arrays.copyOf(found, count);
                break;
            }
        }
        Arrays.sort(found);
        return found;
    }
}
