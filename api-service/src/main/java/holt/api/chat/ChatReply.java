package holt.api.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import holt.protocol.Outcome;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The whole answer, in the network's shape and OpenAI's at once. It never has a field named {@code error}. */
record ChatReply(
        int code,
        String message,
        String id,
        String object,
        long created,
        String model,
        List<Choice> choices,
        Usage usage,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String serviceTier) {

    record Choice(
            int index,
            Message message,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ChatLogprobs logprobs,
            String finishReason) {

        private static Choice of(int index, Outcome.Choice choice) {
            return new Choice(
                    index,
                    Message.of(choice),
                    ChatLogprobs.of(choice.logprobs()),
                    choice.finishReason().label());
        }
    }

    /** @param content null if the model only calls tools */
    record Message(
            String role,
            @Nullable String content,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reasoningContent,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ToolCallJson> toolCalls) {
        private static Message of(Outcome.Choice choice) {
            List<ToolCallJson> calls = choice.toolCalls().stream().map(ToolCallJson::of).toList();
            String text = choice.content();
            String reasoning = choice.reasoning();
            return new Message(
                    "assistant",
                    text.isEmpty() && !calls.isEmpty() ? null : text,
                    reasoning.isEmpty() ? null : reasoning,
                    calls);
        }
    }

    /**
     * The tokens of the prompt and of all answers.
     *
     * @param completionTokensDetails absent if the model did not think
     * @param estimated true if the engine did not count; null otherwise
     */
    record Usage(
            int promptTokens,
            int completionTokens,
            int totalTokens,
            PromptTokensDetails promptTokensDetails,
            @JsonInclude(JsonInclude.Include.NON_NULL)
                    @Nullable CompletionTokensDetails completionTokensDetails,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean estimated) {
        static Usage of(Outcome.Usage usage) {
            return new Usage(
                    usage.promptTokens(),
                    usage.completionTokens(),
                    usage.promptTokens() + usage.completionTokens(),
                    new PromptTokensDetails(usage.cached()),
                    usage.reasoningTokens() == null
                            ? null
                            : new CompletionTokensDetails(usage.reasoningTokens()),
                    usage.estimated());
        }
    }

    /** @param cachedTokens prompt tokens whose KV cache came from an earlier prompt */
    record PromptTokensDetails(int cachedTokens) {}

    /** @param reasoningTokens completion tokens before the answers */
    record CompletionTokensDetails(int reasoningTokens) {}

    static ChatReply of(ChatEnvelope envelope, Outcome.ChatCompleted outcome) {
        List<Outcome.Choice> choices = outcome.choices();
        return new ChatReply(
                0,
                "success",
                envelope.id(),
                "chat.completion",
                envelope.created(),
                envelope.model(),
                IntStream.range(0, choices.size())
                        .mapToObj(i -> Choice.of(i, choices.get(i)))
                        .toList(),
                Usage.of(outcome.usage()),
                envelope.serviceTier());
    }
}
