package holt.api.chat;

import static holt.api.fields.Fields.invalid;

import holt.protocol.Task.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The turns of a chat, each with its text in one piece. */
final class ParseMessages {
    private static final Set<String> ROLES =
            Set.of("system", "developer", "user", "assistant", "tool", "function");

    private ParseMessages() {}

    static List<ChatMessage> parse(@Nullable List<ChatRequest.@Nullable Message> wire) {
        if (wire == null || wire.isEmpty()) {
            throw invalid("messages", "required");
        }
        var messages = new ArrayList<ChatMessage>(wire.size());
        for (int i = 0; i < wire.size(); i++) {
            messages.add(message(wire.get(i), "messages[" + i + "]"));
        }
        // Empty turns are common (a system prompt left blank); a chat of nothing else has no
        // prompt.
        if (messages.stream().allMatch(message -> message.content().isEmpty())) {
            throw invalid("messages[" + (messages.size() - 1) + "].content", "required");
        }
        return messages;
    }

    private static ChatMessage message(ChatRequest.@Nullable Message wire, String param) {
        if (wire == null) {
            throw invalid(param, "an object expected");
        }
        if (wire.role() == null || wire.role().isEmpty()) {
            throw invalid(param + ".role", "required");
        }
        if (!ROLES.contains(wire.role())) {
            throw invalid(
                    param + ".role",
                    "one of " + String.join(", ", ROLES.stream().sorted().toList()) + " expected");
        }
        return new ChatMessage(wire.role(), text(wire.content(), param + ".content"));
    }

    private static String text(@Nullable Object content, String param) {
        return switch (content) {
            case null -> throw invalid(param, "required");
            case String text -> text;
            case List<?> parts -> join(parts, param);
            default -> throw invalid(param, "a string or an array of parts expected");
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
            throw invalid(param, "an object expected");
        }
        if (!(fields.get("type") instanceof String type)) {
            throw invalid(param + ".type", "a string expected");
        }
        if (!type.equals("text")) {
            throw invalid(param + ".type", "the model takes text only");
        }
        if (!(fields.get("text") instanceof String text)) {
            throw invalid(param + ".text", "a string expected");
        }
        return text;
    }
}
