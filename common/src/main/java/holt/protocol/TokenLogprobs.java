package holt.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How likely a token of an answer was, and which others were likely in its place.
 *
 * @param top the likeliest tokens, likeliest first, as many as the client asked for
 */
public record TokenLogprobs(TokenLogprob chosen, List<TokenLogprob> top) {
    public TokenLogprobs {
        top = List.copyOf(top);
    }

    /**
     * One token. Its text stays out of logs.
     *
     * @param logprob natural logarithm of its probability, not less than -9999
     * @param bytes its text in UTF-8, 0 to 255 each, perhaps a part of a character alone; null for a special token, which is no text
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
