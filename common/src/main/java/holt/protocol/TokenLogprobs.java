package holt.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log probability of a token of an answer.
 *
 * @param top the likeliest tokens in its place, likeliest first, as many as the client asked for
 */
public record TokenLogprobs(TokenLogprob chosen, List<TokenLogprob> top) {
    public TokenLogprobs {
        top = List.copyOf(top);
    }

    /**
     * One token. Its text stays out of logs.
     *
     * @param logprob natural logarithm of the probability, at least -9999
     * @param bytes the text in UTF-8, 0 to 255 each. They may end inside a character. Null for a special token, which has no text
     */
    public record TokenLogprob(String token, double logprob, @Nullable List<Integer> bytes) {
        public TokenLogprob {
            bytes = bytes == null ? null : List.copyOf(bytes);
        }

        @Override
        public String toString() {
            return "TokenLogprob[" + logprob + "]";
        }
    }
}
