package holt.engine.text;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the next token is drawn. Each parameter means what it means in vLLM's {@code SamplingParams}; {@link Sampler} has the order.
 *
 * @param temperature 0 takes the likeliest token; the logits are divided by it otherwise
 * @param topK the draw is among so many of the likeliest tokens, and those as likely as the last of them; 0 = all
 * @param topP the draw is among the likeliest tokens that together have this probability; 1 = all
 * @param minP the draw is among the tokens with at least this share of the likeliest one's probability; 0 = all
 * @param penalties for tokens that have occurred
 * @param logitBias what is added to the logit of a token, by its id
 * @param seed makes the draw repeatable; null = a random one
 */
public record Sampling(
        double temperature,
        int topK,
        double topP,
        double minP,
        Penalties penalties,
        Map<Integer, Double> logitBias,
        @Nullable Long seed) {
    /** Takes the likeliest token each time. */
    public static final Sampling GREEDY = new Sampling(0, 1, null);

    public Sampling {
        require(temperature >= 0, "temperature must be at least 0", temperature);
        require(topK >= 0, "topK must be at least 0", topK);
        require(topP >= 0 && topP <= 1, "topP must be within 0 and 1", topP);
        require(minP >= 0 && minP <= 1, "minP must be within 0 and 1", minP);
        logitBias = Map.copyOf(logitBias);
    }

    /** By temperature and top-p alone. */
    public Sampling(double temperature, double topP, @Nullable Long seed) {
        this(temperature, 0, topP, 0, Penalties.NONE, Map.of(), seed);
    }

    /**
     * For one of several answers to a request: with a seed, each has the next one, as in vLLM, so that each can be had alone.
     *
     * @param choice counted from 0
     */
    Sampling forChoice(int choice) {
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
     * What is taken from the logits of tokens that have occurred.
     *
     * @param frequency for each time in the answer
     * @param presence once for a token that is in the answer
     * @param repetition above 0; the logit of a token in prompt or answer is divided by it if positive and multiplied if
     *     negative (CTRL, arXiv:1909.05858); 1 = none
     */
    public record Penalties(double frequency, double presence, double repetition) {
        public static final Penalties NONE = new Penalties(0, 0, 1);

        public Penalties {
            require(repetition > 0, "repetition must be more than 0", repetition);
        }
    }
}
