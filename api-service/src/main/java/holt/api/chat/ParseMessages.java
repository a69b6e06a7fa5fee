package holt.api.chat;

import static holt.api.fields.Fields.invalid;
import static holt.api.fields.Fields.isSet;
import static holt.api.fields.Fields.object;

import holt.protocol.Task.ChatMessage;
import holt.protocol.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the messages of a chat and joins the text parts of each. */
final class ParseMessages {
    private static final Set<String> ROLES =
            Set.of("system", "developer", "user", "assistant", "tool", "function");

    private ParseMessages() {}

    /** @param reasoning whether the model reads what it thought earlier */
    static List<ChatMessage> parse(
            @Nullable List<ChatRequest.@Nullable Message> wire, boolean reasoning) {
        if (wire == null || wire.isEmpty()) {
            throw invalid("messages", "required");
        }
        var messages = new ArrayList<ChatMessage>(wire.size());
        for (int i = 0; i < wire.size(); i++) {
            messages.add(message(wire.get(i), "messages[" + i + "]", reasoning));
        }
        // Empty messages are common, such as a blank system prompt. With empty messages only, there
        // is no prompt.
        if (messages.stream()
                .allMatch(message -> message.content().isEmpty() && message.toolCalls() == null)) {
            throw invalid(
                    "messages[" + (messages.size() - 1) + "].content",
                    "must not be empty, since no other message has text");
        }
        return messages;
    }

    private static ChatMessage message(
            ChatRequest.@Nullable Message wire, String param, boolean reasoning) {
        if (wire == null) {
            throw invalid(param, "must be an object");
        }
        if (wire.role() == null || wire.role().isEmpty()) {
            throw invalid(param + ".role", "required");
        }
        if (!ROLES.contains(wire.role())) {
            throw invalid(
                    param + ".role",
                    "must be one of " + String.join(", ", ROLES.stream().sorted().toList()));
        }
        boolean assistant = wire.role().equals("assistant");
        List<ToolCall> calls =
                assistant ? toolCalls(wire.toolCalls(), param + ".tool_calls") : List.of();
        String content =
                wire.content() == null && assistant
                        ? Objects.requireNonNullElse(wire.refusal(), "")
                        : text(wire.content(), param + ".content");
        boolean result = wire.role().equals("tool") && isSet(wire.toolCallId());
        return new ChatMessage(
                wire.role(),
                content,
                reasoning && isSet(wire.reasoningContent()) ? wire.reasoningContent() : null,
                calls.isEmpty() ? null : calls,
                result ? wire.toolCallId() : null,
                (result || !calls.isEmpty()) && isSet(wire.name()) ? wire.name() : null);
    }

    private static List<ToolCall> toolCalls(@Nullable Object wire, String param) {
        if (wire == null) {
            return List.of();
        }
        if (!(wire instanceof List<?> list)) {
            throw invalid(param, "must be an array");
        }
        var calls = new ArrayList<ToolCall>();
        for (int i = 0; i < list.size(); i++) {
            String at = param + "[" + i + "]";
            Map<String, Object> call = object(at, list.get(i));
            Map<String, Object> function = object(at + ".function", call.get("function"));
            calls.add(
                    new ToolCall(
                            string(at + ".id", call.get("id")),
                            string(at + ".function.name", function.get("name")),
                            string(at + ".function.arguments", function.get("arguments"))));
        }
        return calls;
    }

    private static String string(String param, @Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw invalid(param, "must be a string");
    }

    private static String text(@Nullable Object content, String param) {
        return switch (content) {
            case null -> throw invalid(param, "required");
            case String text -> text;
            case List<?> parts -> join(parts, param);
            default -> throw invalid(param, "must be a string or an array of parts");
        };
    }

    private static String join(List<?> parts, String param) {
        var text = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            text.append(part(parts.get(i), param + "[" + i + "]"));
        }
        return text.toString();
    }

    private static String part(@Nullable Object part, String param) {
        if (!(part instanceof Map<?, ?> fields)) {
            throw invalid(param, "must be an object");
        }
        if (!(fields.get("type") instanceof String type)) {
            throw invalid(param + ".type", "must be a string");
        }
        if (!type.equals("text")) {
            throw invalid(param + ".type", "must be text; chat models read text only");
        }
        if (!(fields.get("text") instanceof String text)) {
            throw invalid(param + ".text", "must be a string");
        }
        return text;
    }
}
