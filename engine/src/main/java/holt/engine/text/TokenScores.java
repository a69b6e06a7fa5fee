package holt.engine.text;

import holt.engine.decoder.Logits;
import holt.engine.tokenizer.TokenText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * How likely the model found a token, and which it found likeliest in its place: log-softmax of the logits as they come, before bias,
 * penalties and temperature (vLLM's {@code raw_logprobs}).
 *
 * @param top the likeliest tokens, likeliest first
 */
public record TokenScores(ScoredToken chosen, List<ScoredToken> top) {
    private static final double LEAST = -9999; // JSON knows no infinity; OpenAI's figure

    /** @param logprob natural logarithm of the token's probability, at least -9999 */
    public record ScoredToken(TokenText token, double logprob) {}

    /**
     * Scores the token that follows a row of logits.
     *
     * @param count how many of the likeliest are wanted
     * @param spell how a token reads
     */
    static TokenScores of(
            Logits logits, int row, int token, int count, LongFunction<TokenText> spell) {
        int from = logits.offset(row);
        float[] values = logits.values();
        double norm = logOfSum(values, from, from + logits.vocabulary());
        List<ScoredToken> top = new ArrayList<>(count);
        for (int id : likeliest(logits, row, count)) {
            top.add(scored(id, values[from + id] - norm, spell));
        }
        return new TokenScores(scored(token, values[from + token] - norm, spell), top);
    }

    private static ScoredToken scored(int id, double logprob, LongFunction<TokenText> spell) {
        return new ScoredToken(spell.apply(id), Math.max(logprob, LEAST));
    }

    /** The logarithm of the sum of the exponentials. */
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

    /** Ids of the likeliest tokens, likeliest first; of equals the smaller id first. */
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
