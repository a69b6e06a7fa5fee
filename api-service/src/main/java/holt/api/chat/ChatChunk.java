package holt.api.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import holt.api.chat.ChatReply.Usage;
import holt.protocol.Outcome.FinishReason;
import holt.protocol.Reply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a streamed answer. */
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

    /** The first chunk of an answer: who speaks. */
    static ChatChunk role(ChatHead head, int index) {
        return chunk(head, new Choice(index, new Delta("assistant", ""), null, null), null);
    }

    static ChatChunk text(ChatHead head, Reply.TextDelta delta) {
        return chunk(
                head,
                new Choice(
                        delta.index(),
                        new Delta(null, delta.text()),
                        ChatLogprobs.of(delta.logprobs()),
                        null),
                null);
    }

    /** @param usage here where the client did not ask for a chunk of its own: clients of the standard expect it in the last of these */
    static ChatChunk finish(ChatHead head, int index, FinishReason reason, @Nullable Usage usage) {
        return chunk(head, new Choice(index, new Delta(null, null), null, reason.label()), usage);
    }

    static ChatChunk usage(ChatHead head, Usage usage) {
        return new ChatChunk(
                head.id(), "chat.completion.chunk", head.created(), head.model(), List.of(), usage);
    }

    private static ChatChunk chunk(ChatHead head, Choice choice, @Nullable Usage usage) {
        return new ChatChunk(
                head.id(),
                "chat.completion.chunk",
                head.created(),
                head.model(),
                List.of(choice),
                usage);
    }
}
