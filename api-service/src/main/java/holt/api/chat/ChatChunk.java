package holt.api.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import holt.api.chat.ChatReply.Usage;
import holt.protocol.Outcome.FinishReason;
import holt.protocol.Reply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One chunk of a streamed answer, in OpenAI's shape. */
record ChatChunk(
        String id,
        String object,
        long created,
        String model,
        List<Choice> choices,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Usage usage,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String serviceTier) {

    record Choice(
            int index,
            Delta delta,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ChatLogprobs logprobs,
            @Nullable String finishReason) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Delta(
            @Nullable String role,
            @Nullable String content,
            @Nullable String reasoningContent,
            @Nullable List<ToolCallJson> toolCalls) {
        private static final Delta NONE = new Delta(null, null, null, null);
        private static final Delta BEGIN = new Delta("assistant", "", null, null);

        private static Delta of(Reply.TextDelta delta, boolean first) {
            return switch (delta.part()) {
                case null -> new Delta(null, delta.text(), null, null);
                case Reply.Part.Reasoning _ -> new Delta(null, null, delta.text(), null);
                case Reply.Part.Call call ->
                        new Delta(
                                null,
                                null,
                                null,
                                List.of(ToolCallJson.fragment(call, delta.text(), first)));
            };
        }
    }

    /** The first chunk of an answer, with the role. */
    static ChatChunk role(ChatEnvelope envelope, int index) {
        return chunk(envelope, new Choice(index, Delta.BEGIN, null, null), null);
    }

    /** @param first whether it is the first of its part of the answer */
    static ChatChunk text(ChatEnvelope envelope, Reply.TextDelta delta, boolean first) {
        return chunk(
                envelope,
                new Choice(
                        delta.index(),
                        Delta.of(delta, first),
                        ChatLogprobs.of(delta.logprobs()),
                        null),
                null);
    }

    /** @param usage only for a communication node, whose clients expect it here */
    static ChatChunk finish(
            ChatEnvelope envelope, int index, FinishReason reason, @Nullable Usage usage) {
        return chunk(envelope, new Choice(index, Delta.NONE, null, reason.label()), usage);
    }

    static ChatChunk usage(ChatEnvelope envelope, Usage usage) {
        return chunk(envelope, List.of(), usage);
    }

    private static ChatChunk chunk(ChatEnvelope envelope, Choice choice, @Nullable Usage usage) {
        return chunk(envelope, List.of(choice), usage);
    }

    private static ChatChunk chunk(
            ChatEnvelope envelope, List<Choice> choices, @Nullable Usage usage) {
        return new ChatChunk(
                envelope.id(),
                "chat.completion.chunk",
                envelope.created(),
                envelope.model(),
                choices,
                usage,
                envelope.serviceTier());
    }
}
