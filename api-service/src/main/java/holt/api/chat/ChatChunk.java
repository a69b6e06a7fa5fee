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
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Usage usage) {

    record Choice(
            int index,
            Delta delta,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ChatLogprobs logprobs,
            @Nullable String finishReason) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Delta(@Nullable String role, @Nullable String content) {}

    /** The first chunk of an answer, with the role. */
    static ChatChunk role(ChatEnvelope envelope, int index) {
        return chunk(envelope, new Choice(index, new Delta("assistant", ""), null, null), null);
    }

    static ChatChunk text(ChatEnvelope envelope, Reply.TextDelta delta) {
        return chunk(
                envelope,
                new Choice(
                        delta.index(),
                        new Delta(null, delta.text()),
                        ChatLogprobs.of(delta.logprobs()),
                        null),
                null);
    }

    /** @param usage only for a communication node, whose clients expect it here */
    static ChatChunk finish(
            ChatEnvelope envelope, int index, FinishReason reason, @Nullable Usage usage) {
        return chunk(
                envelope, new Choice(index, new Delta(null, null), null, reason.label()), usage);
    }

    static ChatChunk usage(ChatEnvelope envelope, Usage usage) {
        return new ChatChunk(
                envelope.id(),
                "chat.completion.chunk",
                envelope.created(),
                envelope.model(),
                List.of(),
                usage);
    }

    private static ChatChunk chunk(ChatEnvelope envelope, Choice choice, @Nullable Usage usage) {
        return new ChatChunk(
                envelope.id(),
                "chat.completion.chunk",
                envelope.created(),
                envelope.model(),
                List.of(choice),
                usage);
    }
}
