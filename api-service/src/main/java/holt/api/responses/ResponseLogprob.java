package holt.api.responses;

import com.fasterxml.jackson.annotation.JsonInclude;
import holt.protocol.TokenLogprobs;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The log probability of a token in a message's text.
 *
 * @param bytes empty for a special token, which has no text
 * @param topLogprobs absent for a token that is itself in such a list
 */
record ResponseLogprob(
        String token,
        double logprob,
        List<Integer> bytes,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<ResponseLogprob> topLogprobs) {

    /** None if the client wants none. */
    static List<ResponseLogprob> of(@Nullable List<TokenLogprobs> tokens) {
        return Objects.requireNonNullElse(tokens, List.<TokenLogprobs>of()).stream()
                .map(token ->
                        of(
                                token.chosen(),
                                token.top().stream().map(other -> of(other, null)).toList()))
                .toList();
    }

    private static ResponseLogprob of(
            TokenLogprobs.TokenLogprob token, @Nullable List<ResponseLogprob> top) {
        return new ResponseLogprob(
                token.token(),
                token.logprob(),
                Objects.requireNonNullElse(token.bytes(), List.of()),
                top);
    }
}
