package holt.engine.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of a conversation.
 *
 * @param role {@code system}, {@code developer}, {@code user}, {@code assistant}, {@code tool}, or another role of the model's
 *     chat template
 * @param content null if an assistant turn only makes calls
 * @param reasoning what an assistant thought before the content
 * @param toolCalls the calls of an assistant turn
 * @param toolCallId the call whose result a tool turn is
 * @param name of the function or the participant
 */
public record ChatTurn(
        String role,
        @Nullable String content,
        @Nullable String reasoning,
        List<ToolCall> toolCalls,
        @Nullable String toolCallId,
        @Nullable String name) {
    public ChatTurn {
        toolCalls = List.copyOf(toolCalls);
    }

    /** A turn with nothing but text. */
    public ChatTurn(String role, @Nullable String content) {
        this(role, content, null, List.of(), null, null);
    }
}
