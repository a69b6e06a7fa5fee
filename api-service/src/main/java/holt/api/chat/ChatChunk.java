package holt.api.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import holt.api.chat.ChatReply.Usage;
import holt.protocol.Outcome.FinishReason;
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

    record Choice(int index, Delta delta, @Nullable String finishReason) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Delta(@Nullable String role, @Nullable String content) {}

    /** The first chunk: who speaks. */
    static ChatChunk role(ChatHead head) {
        return chunk(head, new Choice(0, new Delta("assistant", ""), null), null);
    }

    static ChatChunk text(ChatHead head, String text) {
        return chunk(head, new Choice(0, new Delta(null, text), null), null);
    }

    /** @param usage here where the client did not ask for a chunk of its own: clients of the standard expect it in this one */
    static ChatChunk finish(ChatHead head, FinishReason reason, @Nullable Usage usage) {
        return chunk(head, new Choice(0, new Delta(null, null), reason.label()), usage);
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
