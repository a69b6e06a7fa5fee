package holt.engine.text.sampling;

import holt.engine.decoder.Logits;
import holt.engine.tokenizer.TokenText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * The log probabilities of a generated token and of the likeliest tokens in its place. They are the log-softmax of the
 * model's logits, before bias, penalties and temperature (vLLM's {@code raw_logprobs}).
 *
 * @param top the likeliest tokens, likeliest first
 */
public record TokenScores(ScoredToken chosen, List<ScoredToken> top) {
    private static final double LEAST =
            -9999; // OpenAI's value in place of minus infinity, which JSON cannot express

    /** @param logprob the natural logarithm of the token's probability, at least -9999 */
    public record ScoredToken(TokenText token, double logprob) {}

    /**
     * Scores the token that follows a row of logits.
     *
     * @param count how many of the likeliest tokens to include
     * @param text the text of a token by its id
     */
    public static TokenScores of(
            Logits logits, int row, int token, int count, LongFunction<TokenText> text) {
        int from = logits.offset(row);
        float[] values = logits.values();
        double norm = logOfSum(values, from, from + logits.vocabulary());
        List<ScoredToken> top = new ArrayList<>(count);
        for (int id : likeliest(logits, row, count)) {
            top.add(scored(id, values[from + id] - norm, text));
        }
        return new TokenScores(scored(token, values[from + token] - norm, text), top);
    }

    private static ScoredToken scored(int id, double logprob, LongFunction<TokenText> text) {
        return new ScoredToken(text.apply(id), Math.max(logprob, LEAST));
    }

    /** The logarithm of the sum of exponentials, without overflow. */
    private static double logOfSum(float[] values, int from, int to) {
        double most = Double.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            most = Math.max(most, values[i]);
        }
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += Math.exp(values[i] - most);
        }
        return most + Math.log(sum);
    }

    /** The ids of the likeliest tokens, likeliest first. The smaller id wins a tie. */
    private static int[] likeliest(Logits logits, int row, int count) {
        float[] values = logits.values();
        int from = logits.offset(row);
        int[] ids = new int[Math.min(count, logits.vocabulary())];
        int found = 0;
        for (int id = 0; id < logits.vocabulary() && ids.length > 0; id++) {
            float value = values[from + id];
            if (found == ids.length && value <= values[from + ids[found - 1]]) {
                continue;
            }
            int place = found < ids.length ? found++ : found - 1;
            while (place > 0 && values[from + ids[place - 1]] < value) {
                ids[place] = ids[place - 1];
                place--;
            }
            ids[place] = id;
        }
        return ids;
    }
}
