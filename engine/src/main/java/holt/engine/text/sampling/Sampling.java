package holt.engine.text.sampling;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to sample the next token. The parameters mean the same as in vLLM's {@code SamplingParams}. {@link Sampler} documents
 * their order.
 *
 * @param temperature divides the logits; 0 = always the likeliest token
 * @param topK samples among this many of the likeliest tokens, and those that tie with the last one; 0 = all
 * @param topP samples among the likeliest tokens that together have this probability; 1 = all
 * @param minP samples among tokens with at least this share of the likeliest token's probability; 0 = all
 * @param penalties for tokens that have occurred
 * @param logitBias added to the logits, by token id
 * @param seed of the random numbers; null = a random one
 */
public record Sampling(
        double temperature,
        int topK,
        double topP,
        double minP,
        Penalties penalties,
        Map<Integer, Double> logitBias,
        @Nullable Long seed) {
    /** Always takes the likeliest token. */
    public static final Sampling GREEDY = new Sampling(0, 1, null);

    public Sampling {
        require(temperature >= 0, "temperature must be at least 0", temperature);
        require(topK >= 0, "topK must be at least 0", topK);
        require(topP >= 0 && topP <= 1, "topP must be within 0 and 1", topP);
        require(minP >= 0 && minP <= 1, "minP must be within 0 and 1", minP);
        logitBias = Map.copyOf(logitBias);
    }

    /** With temperature and top-p only. */
    public Sampling(double temperature, double topP, @Nullable Long seed) {
        this(temperature, 0, topP, 0, Penalties.NONE, Map.of(), seed);
    }

    /**
     * For one completion of a request. With a seed, completion i has the seed {@code seed + i}, as in vLLM.
     *
     * @param choice from 0
     */
    public Sampling forChoice(int choice) {
        return seed == null
                ? this
                : new Sampling(temperature, topK, topP, minP, penalties, logitBias, seed + choice);
    }

    boolean isGreedy() {
        return temperature == 0;
    }

    private static void require(boolean valid, String rule, double value) {
        if (!valid) {
            throw new IllegalArgumentException(rule + ", not " + value);
        }
    }

    /**
     * Lowers the logits of tokens that have occurred.
     *
     * @param frequency subtracted for each time that the completion contains the token
     * @param presence subtracted once if the completion contains the token
     * @param repetition above 0; divides a positive logit and multiplies a negative one, for tokens of prompt and completion
     *     (CTRL, arXiv:1909.05858); 1 = none
     */
    public record Penalties(double frequency, double presence, double repetition) {
        public static final Penalties NONE = new Penalties(0, 0, 1);

        public Penalties {
            // Not by Sampling.require: Sampling's first use needs NONE.
            if (!(repetition > 0)) {
                throw new IllegalArgumentException(
                        "repetition must be more than 0, not " + repetition);
            }
        }
    }
}
