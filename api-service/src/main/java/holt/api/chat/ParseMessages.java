package holt.api.chat;

import static holt.api.fields.Fields.invalid;

import holt.protocol.Task.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the messages of a chat and joins the text parts of each. */
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
        // Empty messages are common, such as a blank system prompt. With empty messages only, there
        // is no prompt.
        if (messages.stream().allMatch(message -> message.content().isEmpty())) {
            throw invalid(
                    "messages[" + (messages.size() - 1) + "].content",
                    "must not be empty, since no other message has text");
        }
        return messages;
    }

    private static ChatMessage message(ChatRequest.@Nullable Message wire, String param) {
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
        return new ChatMessage(wire.role(), text(wire.content(), param + ".content"));
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
