package holt.api.completions;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code choices[].logprobs} in the shape of this route. All lists have an entry for each token. The first token of an echoed prompt has
 * neither probability.
 *
 * @param topLogprobs the likeliest tokens, and the token itself
 * @param textOffset where the token begins in the answer, in characters
 */
record CompletionLogprobs(
        List<String> tokens,
        List<@Nullable Double> tokenLogprobs,
        List<@Nullable Map<String, Double>> topLogprobs,
        List<Integer> textOffset) {}
