package holt.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One message. {@link #toString} omits its texts, which stay out of logs.
 *
 * @param content empty if the message has no text
 * @param reasoning what the model thought before its answer; null: nothing
 * @param toolCalls of an assistant message; null: none
 * @param toolCallId the call whose result a tool message is; null for others
 * @param name of the speaker or the tool; null: none
 * @param media in their order; null: none
 */
public record ChatMessage(
        String role,
        String content,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reasoning,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<ToolCall> toolCalls,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String toolCallId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String name,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Media> media) {
    public ChatMessage {
        toolCalls = toolCalls == null ? null : List.copyOf(toolCalls);
        media = media == null ? null : List.copyOf(media);
    }

    /** Text alone. */
    public ChatMessage(String role, String content) {
        this(role, content, null, null, null, null);
    }

    /** Without media. */
    public ChatMessage(
            String role,
            String content,
            @Nullable String reasoning,
            @Nullable List<ToolCall> toolCalls,
            @Nullable String toolCallId,
            @Nullable String name) {
        this(role, content, reasoning, toolCalls, toolCallId, name, null);
    }

    /** The same message with these media. */
    public ChatMessage with(@Nullable List<Media> others) {
        return new ChatMessage(role, content, reasoning, toolCalls, toolCallId, name, others);
    }

    ChatMessage with(UnaryOperator<StoredObject> move) {
        return media == null
                ? this
                : with(media.stream().map(each -> each.with(move.apply(each.data()))).toList());
    }

    Set<Ability> needs() {
        var needs = EnumSet.noneOf(Ability.class);
        if (toolCalls != null || toolCallId != null) {
            needs.add(Ability.TOOLS);
        }
        if (reasoning != null) {
            needs.add(Ability.TEMPLATE_ARGUMENTS);
        }
        if (media != null) {
            media.forEach(each -> needs.add(each.kind().needs()));
        }
        return needs;
    }

    @Override
    public String toString() {
        return role + ": " + content.length() + " characters";
    }
}
