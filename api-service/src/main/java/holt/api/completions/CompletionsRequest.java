package holt.api.completions;

import holt.api.chat.ChatRequest;
import holt.api.chat.SamplingFields;
import org.jspecify.annotations.Nullable;

/**
 * The raw body of {@code POST /v1/completions}.
 *
 * @param prompt a string, an array of strings, an array of token ids, or an array of such arrays
 * @param logprobs how many of the likeliest tokens beside each token; 0 is a value
 */
record CompletionsRequest(
        @Nullable String model,
        @Nullable Object prompt,
        @Nullable String suffix,
        @Nullable Long maxTokens,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Long topK,
        @Nullable Double minP,
        @Nullable Long seed,
        @Nullable Object stop,
        @Nullable Boolean stream,
        ChatRequest.@Nullable StreamOptions streamOptions,
        @Nullable Long n,
        @Nullable Long bestOf,
        @Nullable Long logprobs,
        @Nullable Boolean echo,
        @Nullable Double frequencyPenalty,
        @Nullable Double presencePenalty,
        @Nullable Double repetitionPenalty,
        @Nullable Object logitBias)
        implements SamplingFields {}
