package holt.engine.text.sampling;

import holt.engine.NotFiniteException;
import holt.engine.decoder.Logits;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Samples the tokens of one sequence with its own random numbers.
 *
 * <p>The order is vLLM's: logit bias and penalties ({@link AdjustLogits}), temperature, min-p, top-k, top-p. Each filter works
 * on what the previous one left. So top-p is a share of the remaining probability.
 */
public final class Sampler {
    private static final String LOGITS = "the logits";
    private static final double[] FLOORS = {0.1, 1e-2, 1e-3, 1e-4, 1e-6, 0};

    private final Sampling sampling;
    private final AdjustLogits adjust;
    private final SplittableRandom random;

    /** @param prompt the tokens before the first sampled one */
    public Sampler(Sampling sampling, long[] prompt) {
        this.sampling = sampling;
        this.adjust = new AdjustLogits(sampling, prompt);
        this.random =
                new SplittableRandom(
                        sampling.seed() == null ? new SecureRandom().nextLong() : sampling.seed());
    }

    /**
     * Samples the token that follows a row of logits.
     *
     * @throws NotFiniteException if the largest logit is no finite number, or if a drawn token would depend on NaN
     */
    public int next(Logits logits, int row) {
        return next(logits, row, null);
    }

    /**
     * Samples one of some tokens that follows a row of logits.
     *
     * @param allowed a bit for each token, at least one of them set; null = all tokens
     * @throws NotFiniteException as above
     */
    public int next(Logits logits, int row, long @Nullable [] allowed) {
        float[] values = logits.values();
        int from = logits.offset(row);
        int to = from + logits.vocabulary();
        if (sampling.isGreedy() && adjust.changesNothing() && allowed == null) {
            return likeliest(values, from, to) - from;
        }
        float[] scores = Arrays.copyOfRange(values, from, to);
        adjust.apply(scores);
        if (allowed != null) {
            exclude(scores, allowed, Float.NEGATIVE_INFINITY);
        }
        int token =
                sampling.isGreedy() ? likeliest(scores, 0, scores.length) : sample(scores, allowed);
        adjust.count(token);
        return token;
    }

    /** @param weights the logits; become probabilities relative to the likeliest token's */
    private int sample(float[] weights, long @Nullable [] allowed) {
        float best = weights[likeliest(weights, 0, weights.length)];
        SoftmaxWeights.of(weights, best, sampling.temperature());
        if (allowed != null) {
            exclude(weights, allowed, 0);
        }
        double total = 0;
        for (float weight : weights) {
            total += weight;
        }
        if (Double.isNaN(total)) {
            throw new NotFiniteException(LOGITS);
        }
        if (sampling.minP() > 0) {
            total = dropBelow(weights, (float) sampling.minP());
        }
        if (sampling.topK() > 0 && sampling.topK() < weights.length) {
            total = dropBelow(weights, smallestOfTop(weights, sampling.topK()));
        }
        return sampling.topP() >= 1
                ? sampleAll(weights, total)
                : sampleTopP(weights, sampling.topP() * total);
    }

    /** Gives a value to all tokens that are not allowed. */
    private static void exclude(float[] values, long[] allowed, float value) {
        for (int word = 0; word < allowed.length; word++) {
            int from = word * Long.SIZE;
            int to = Math.min(from + Long.SIZE, values.length);
            if (allowed[word] == 0) {
                Arrays.fill(values, from, to, value);
            } else if (allowed[word] != -1) {
                for (int token = from; token < to; token++) {
                    if ((allowed[word] >>> token & 1) == 0) {
                        values[token] = value;
                    }
                }
            }
        }
    }

    /** Sets weights below the floor to 0. Returns the sum of the rest. */
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

    /** The smallest weight among the {@code count} likeliest tokens. */
    private static float smallestOfTop(float[] weights, int count) {
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
        if (!Float.isFinite(values[best])) {
            throw new NotFiniteException(LOGITS);
        }
        return best;
    }

    private int sampleAll(float[] weights, double total) {
        double point = random.nextDouble() * total;
        for (int token = 0; token < weights.length; token++) {
            point -= weights[token];
            if (point < 0) {
                return token;
            }
        }
        return likeliest(weights, 0, weights.length); // rounding left a remainder
    }

    private int sampleTopP(float[] weights, double wanted) {
        long[] ascending = head(weights, wanted, 1);
        double nucleus = 0;
        int end = ascending.length;
        do {
            nucleus += weights[(int) ascending[--end]];
        } while (nucleus < wanted && end > 0);
        double point = random.nextDouble() * nucleus;
        for (int i = ascending.length - 1; i > end; i--) {
            point -= weights[(int) ascending[i]];
            if (point < 0) {
                return (int) ascending[i];
            }
        }
        return (int) ascending[end];
    }

    /**
     * The likeliest tokens, enough for the wanted weight and count, least likely first. Tokens without weight are left out.
     * Each element has the bits of the weight above the token id, so the elements sort by weight. Trying high floors first
     * avoids sorting most of the vocabulary.
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
