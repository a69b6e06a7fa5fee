package holt.api.chat;

import static holt.api.fields.Fields.invalid;
import static holt.api.fields.Fields.isSet;
import static holt.api.fields.Fields.object;

import holt.protocol.ChatMessage;
import holt.protocol.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the messages of a chat and joins the text parts of each. The other parts are noted, and read later. */
final class ParseMessages {
    private static final Set<String> ROLES =
            Set.of("system", "developer", "user", "assistant", "tool", "function");

    /** Only their messages may have more than text. */
    private static final Set<String> SHOWS_MEDIA = Set.of("user", "tool");

    private final boolean reasoning;
    private final List<MediaPart> media = new ArrayList<>();

    private ParseMessages(boolean reasoning) {
        this.reasoning = reasoning;
    }

    /**
     * The messages of a chat.
     *
     * @param messages without their media
     */
    record Parsed(List<ChatMessage> messages, List<MediaPart> media) {}

    /** @param reasoning whether the model reads what it thought earlier */
    static Parsed parse(@Nullable List<ChatRequest.@Nullable Message> wire, boolean reasoning) {
        if (wire == null || wire.isEmpty()) {
            throw invalid("messages", "required");
        }
        var parse = new ParseMessages(reasoning);
        var messages = new ArrayList<ChatMessage>(wire.size());
        for (int i = 0; i < wire.size(); i++) {
            messages.add(parse.message(wire.get(i), i));
        }
        // Empty messages are common, such as a blank system prompt. With empty messages only, there
        // is no prompt.
        if (parse.media.isEmpty()
                && messages.stream()
                        .allMatch(message ->
                                message.content().isEmpty() && message.toolCalls() == null)) {
            throw invalid(
                    "messages[" + (messages.size() - 1) + "].content",
                    "must not be empty, since no other message has text");
        }
        return new Parsed(messages, parse.media);
    }

    private ChatMessage message(ChatRequest.@Nullable Message wire, int number) {
        String param = "messages[" + number + "]";
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
                        : text(wire.content(), number, SHOWS_MEDIA.contains(wire.role()));
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

    /** @param showsMedia whether it may have more than text */
    private String text(@Nullable Object content, int message, boolean showsMedia) {
        String param = "messages[" + message + "].content";
        return switch (content) {
            case null -> throw invalid(param, "required");
            case String text -> text;
            case List<?> parts -> {
                var text = new StringBuilder();
                for (int i = 0; i < parts.size(); i++) {
                    add(parts.get(i), message, param + "[" + i + "]", showsMedia, text);
                }
                yield text.toString();
            }
            default -> throw invalid(param, "must be a string or an array of parts");
        };
    }

    private void add(
            @Nullable Object part,
            int message,
            String param,
            boolean showsMedia,
            StringBuilder text) {
        if (!(part instanceof Map<?, ?> fields)) {
            throw invalid(param, "must be an object");
        }
        if (!(fields.get("type") instanceof String type)) {
            throw invalid(param + ".type", "must be a string");
        }
        if (type.equals("text")) {
            text.append(string(param + ".text", fields.get("text")));
            return;
        }
        MediaPart shown =
                showsMedia ? MediaPart.of(type, fields, message, text.length(), param) : null;
        if (shown == null) {
            throw invalid(
                    param + ".type",
                    showsMedia
                            ? "must be text, image_url, input_audio or file"
                            : "must be text in this role");
        }
        media.add(shown);
    }
}
