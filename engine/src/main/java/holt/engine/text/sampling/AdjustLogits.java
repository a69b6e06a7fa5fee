package holt.engine.text.sampling;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Applies logit bias and penalties to the logits of one sequence. The order is vLLM's: bias, repetition penalty, frequency
 * and presence penalty.
 */
final class AdjustLogits {
    private final Map<Integer, Double> bias;
    private final Sampling.Penalties penalties;
    private final BitSet seen = new BitSet(); // tokens of prompt and completion
    private final Map<Integer, Integer> generated = new HashMap<>(); // token to its count

    AdjustLogits(Sampling sampling, long[] prompt) {
        this.bias = sampling.logitBias();
        this.penalties = sampling.penalties();
        for (long token : prompt) {
            seen.set((int) token);
        }
    }

    /** Whether it changes no logits. */
    boolean changesNothing() {
        return bias.isEmpty() && penalties.equals(Sampling.Penalties.NONE);
    }

    /** @param logits of the next token, [vocabulary]; changed in place */
    void apply(float[] logits) {
        bias.forEach((token, value) -> logits[token] = finite(logits[token] + value));
        if (penalties.repetition() != 1) {
            seen.stream().forEach(token -> logits[token] = repeated(logits[token]));
        }
        generated.forEach((token, times) ->
                logits[token] =
                        finite(
                                logits[token]
                                        - penalties.frequency() * times
                                        - penalties.presence()));
    }

    /** Counts a generated token. */
    void count(int token) {
        seen.set(token);
        generated.merge(token, 1, Integer::sum);
    }

    private float repeated(float logit) {
        double factor = penalties.repetition();
        return finite(logit > 0 ? logit / factor : logit * factor);
    }

    /** Avoids infinities, whose difference is NaN. */
    private static float finite(double logit) {
        return (float) Math.clamp(logit, -Float.MAX_VALUE, Float.MAX_VALUE);
    }
}
