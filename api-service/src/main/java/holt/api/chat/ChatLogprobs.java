package holt.api.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import holt.protocol.TokenLogprobs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code choices[].logprobs} in OpenAI's shape.
 *
 * @param refusal always null, since Holt's models have no refusals
 */
record ChatLogprobs(List<Token> content, @Nullable Object refusal) {

    /**
     * @param bytes null for a special token, which has no text
     * @param topLogprobs absent for a token that is itself in such a list
     */
    record Token(
            String token,
            double logprob,
            @Nullable List<Integer> bytes,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Token> topLogprobs) {

        private static Token of(TokenLogprobs.TokenLogprob token, @Nullable List<Token> top) {
            return new Token(token.token(), token.logprob(), token.bytes(), top);
        }
    }

    /** Returns null if the client wants none. */
    static @Nullable ChatLogprobs of(@Nullable List<TokenLogprobs> tokens) {
        return tokens == null
                ? null
                : new ChatLogprobs(tokens.stream().map(ChatLogprobs::token).toList(), null);
    }

    private static Token token(TokenLogprobs token) {
        List<Token> top = token.top().stream().map(other -> Token.of(other, null)).toList();
        return Token.of(token.chosen(), top);
    }
}
