package holt.engine.text;

import holt.engine.decoder.Logits;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Draws the tokens of one sequence; its random numbers are its own.
 *
 * <p>The order is that of vLLM's sampler: logit bias and penalties ({@link AdjustLogits}), temperature, min-p, top-k, top-p. Each cut is
 * made among what the one before left, so top-p is a share of the probability that remains.
 */
final class Sampler {
    private static final double[] FLOORS = {0.1, 1e-2, 1e-3, 1e-4, 1e-6, 0};

    private final Sampling sampling;
    private final AdjustLogits adjust;
    private final SplittableRandom random;

    /** @param prompt the tokens before the first that is drawn */
    Sampler(Sampling sampling, long[] prompt) {
        this.sampling = sampling;
        this.adjust = new AdjustLogits(sampling, prompt);
        this.random =
                new SplittableRandom(
                        sampling.seed() == null ? new SecureRandom().nextLong() : sampling.seed());
    }

    /** The next token after a row of logits. */
    int next(Logits logits, int row) {
        float[] values = logits.values();
        int from = logits.offset(row);
        int to = from + logits.vocabulary();
        if (sampling.isGreedy() && adjust.isIdle()) {
            return likeliest(values, from, to) - from;
        }
        float[] scores = Arrays.copyOfRange(values, from, to);
        adjust.adjust(scores);
        int token = sampling.isGreedy() ? likeliest(scores, 0, scores.length) : draw(scores);
        adjust.said(token);
        return token;
    }

    /** @param weights the logits; become weights relative to the likeliest token's */
    private int draw(float[] weights) {
        float best = weights[likeliest(weights, 0, weights.length)];
        RelativeWeights.of(weights, best, sampling.temperature());
        double total = 0;
        for (float weight : weights) {
            total += weight;
        }
        if (sampling.minP() > 0) {
            total = dropBelow(weights, (float) sampling.minP());
        }
        if (sampling.topK() > 0 && sampling.topK() < weights.length) {
            total = dropBelow(weights, leastOfLikeliest(weights, sampling.topK()));
        }
        return sampling.topP() >= 1
                ? drawAmongAll(weights, total)
                : drawAmongLikeliest(weights, sampling.topP() * total);
    }

    /** Leaves no weight to what has less than the floor; returns the weight that is left. */
    private static double dropBelow(float[] weights, float floor) {
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] < floor) {
                weights[i] = 0;
            }
            total += weights[i];
        }
        return total;
    }

    /** The weight of the last of the {@code count} likeliest tokens. */
    private static float leastOfLikeliest(float[] weights, int count) {
        long[] ascending = head(weights, 0, count);
        return ascending.length < count ? 0 : weights[(int) ascending[ascending.length - count]];
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
        long[] ascending = head(weights, wanted, 1);
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
     * The likeliest tokens, enough to reach the wanted weight and count, least likely first; those without weight are left out. Each is its
     * weight's bits, which sort like the weight, above its id. Most of a vocabulary is never likely enough to be sorted.
     */
    private static long[] head(float[] weights, double wanted, int wantedCount) {
        long[] found = new long[weights.length];
        for (double floor : FLOORS) {
            int count = 0;
            double sum = 0;
            for (int token = 0; token < weights.length; token++) {
                if (weights[token] >= floor && weights[token] > 0) {
                    found[count++] =
                            (long) Float.floatToIntBits(weights[token]) << Integer.SIZE | token;
                    sum += weights[token];
                }
            }
            if ((sum >= wanted && count >= wantedCount) || floor == 0) {
                found = Arrays.copyOf(found, count);
                break;
            }
        }
        Arrays.sort(found);
        return found;
    }
}
