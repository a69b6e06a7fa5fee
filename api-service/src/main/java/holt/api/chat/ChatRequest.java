package holt.api.chat;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The raw body of {@code POST /v1/chat/completions}. A field is an {@code Object} if it may have several JSON types.
 *
 * @param others the fields that Holt does not know
 */
public record ChatRequest(
        @Nullable String model,
        @Nullable List<@Nullable Message> messages,
        @Nullable Boolean stream,
        @Nullable StreamOptions streamOptions,
        @Nullable Long maxTokens,
        @Nullable Long maxCompletionTokens,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Long topK,
        @Nullable Double minP,
        @Nullable Long seed,
        @Nullable Object stop,
        @Nullable Long n,
        @Nullable Double frequencyPenalty,
        @Nullable Double presencePenalty,
        @Nullable Double repetitionPenalty,
        @Nullable Object logitBias,
        @Nullable Boolean logprobs,
        @Nullable Long topLogprobs,
        @Nullable Object tools,
        @Nullable Object toolChoice,
        @Nullable Boolean parallelToolCalls,
        @Nullable Object functions,
        @Nullable Object audio,
        @Nullable Object responseFormat,
        @Nullable Object structuredOutputs,
        @Nullable Object guidedJson,
        @Nullable String guidedRegex,
        @Nullable Object guidedChoice,
        @Nullable Object guidedGrammar,
        @Nullable String serviceTier,
        @Nullable String reasoningEffort,
        @Nullable Object chatTemplateKwargs,
        @JsonAnySetter Map<String, @Nullable Object> others)
        implements SamplingFields {
    public ChatRequest {
        others = others == null ? Map.of() : others;
    }

    /**
     * @param content a string, or an array of parts
     * @param reasoningContent as vLLM and DeepSeek name it
     */
    record Message(
            @Nullable String role,
            @Nullable Object content,
            @Nullable String refusal,
            @Nullable String reasoningContent,
            @Nullable Object toolCalls,
            @Nullable String toolCallId,
            @Nullable String name) {}

    public record StreamOptions(@Nullable Boolean includeUsage) {}
}
