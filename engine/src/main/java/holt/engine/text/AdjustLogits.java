package holt.engine.text;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Adds the bias and takes the penalties for what one sequence has said: logit bias first, then repetition, frequency and presence penalty, as
 * vLLM does.
 */
final class AdjustLogits {
    private final Map<Integer, Double> bias;
    private final Sampling.Penalties penalties;
    private final BitSet occurred = new BitSet(); // in prompt or answer
    private final Map<Integer, Integer> said = new HashMap<>(); // how often in the answer

    AdjustLogits(Sampling sampling, long[] prompt) {
        this.bias = sampling.logitBias();
        this.penalties = sampling.penalties();
        for (long token : prompt) {
            occurred.set((int) token);
        }
    }

    /** Whether it leaves all logits as they are. */
    boolean isIdle() {
        return bias.isEmpty() && penalties.equals(Sampling.Penalties.NONE);
    }

    /** @param logits of the next token, [vocabulary]; changed */
    void adjust(float[] logits) {
        bias.forEach((token, value) -> logits[token] = finite(logits[token] + value));
        if (penalties.repetition() != 1) {
            occurred.stream().forEach(token -> logits[token] = repeated(logits[token]));
        }
        said.forEach((token, times) ->
                logits[token] =
                        finite(
                                logits[token]
                                        - penalties.frequency() * times
                                        - penalties.presence()));
    }

    /** Notes the answer's next token. */
    void said(int token) {
        occurred.set(token);
        said.merge(token, 1, Integer::sum);
    }

    private float repeated(float logit) {
        double factor = penalties.repetition();
        return finite(logit > 0 ? logit / factor : logit * factor);
    }

    /** The difference of two infinities is no number. */
    private static float finite(double logit) {
        return (float) Math.clamp(logit, -Float.MAX_VALUE, Float.MAX_VALUE);
    }
}
