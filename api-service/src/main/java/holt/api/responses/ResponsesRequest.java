package holt.api.responses;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The raw body of {@code POST /v1/responses}. A field is an {@code Object} if it may have several JSON types. */
record ResponsesRequest(
        @Nullable String model,
        @Nullable Object input,
        @Nullable String instructions,
        @Nullable Boolean stream,
        @Nullable Long maxOutputTokens,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Long topLogprobs,
        @Nullable List<@Nullable Object> tools,
        @Nullable Object toolChoice,
        @Nullable Boolean parallelToolCalls,
        @Nullable Map<String, @Nullable Object> text,
        @Nullable Map<String, @Nullable Object> reasoning,
        @Nullable List<@Nullable Object> include,
        @Nullable String truncation,
        @Nullable Map<String, @Nullable Object> metadata,
        @Nullable String serviceTier,
        @Nullable String user,
        @Nullable Boolean background,
        @Nullable String previousResponseId,
        @Nullable Object conversation,
        @Nullable Object prompt) {
    /** What an answer repeats. The input may hold pictures, and nobody needs it any more. */
    ResponsesRequest withoutInput() {
        return new ResponsesRequest(
                model,
                null,
                instructions,
                stream,
                maxOutputTokens,
                temperature,
                topP,
                topLogprobs,
                tools,
                toolChoice,
                parallelToolCalls,
                text,
                reasoning,
                include,
                truncation,
                metadata,
                serviceTier,
                user,
                background,
                previousResponseId,
                conversation,
                prompt);
    }
}
