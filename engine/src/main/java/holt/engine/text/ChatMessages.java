package holt.engine.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes turns as the {@code messages} of a chat template. A message lacks the keys that its turn does not have, because
 * templates ask whether they are defined.
 */
final class ChatMessages {
    private static final JsonMapper JSON = new JsonMapper();

    private final TemplateAbilities template;

    ChatMessages(TemplateAbilities template) {
        this.template = template;
    }

    List<Map<String, @Nullable Object>> of(List<ChatTurn> turns) {
        return turns.stream().map(this::message).toList();
    }

    private Map<String, @Nullable Object> message(ChatTurn turn) {
        Map<String, @Nullable Object> message = new LinkedHashMap<>();
        boolean system = turn.role().equals("developer") && !template.knowsDeveloper();
        message.put("role", system ? "system" : turn.role());
        message.put("content", content(turn));
        putIfPresent(message, "reasoning_content", turn.reasoning());
        putIfPresent(message, "name", turn.name());
        if (!turn.toolCalls().isEmpty()) {
            message.put("tool_calls", turn.toolCalls().stream().map(this::call).toList());
        }
        if (turn.toolCallId() != null) {
            message.put("tool_call_id", id(turn.toolCallId()));
        }
        return message;
    }

    private @Nullable String content(ChatTurn turn) {
        boolean mayBeNone = !turn.toolCalls().isEmpty() && template.takesNoContent();
        return turn.content() == null && !mayBeNone ? "" : turn.content();
    }

    private static void putIfPresent(
            Map<String, @Nullable Object> message, String key, @Nullable String value) {
        if (value != null) {
            message.put(key, value);
        }
    }

    private Map<String, @Nullable Object> call(ToolCall call) {
        Map<String, @Nullable Object> function = new LinkedHashMap<>();
        function.put("name", call.function());
        function.put("arguments", arguments(call.arguments()));
        Map<String, @Nullable Object> message = new LinkedHashMap<>();
        message.put("id", id(call.id()));
        message.put("type", "function");
        message.put("function", function);
        return message;
    }

    private String id(String id) {
        return template.takesAnyId() ? id : CallIds.shorten(id);
    }

    /** The JSON value, because templates expect an object. Text that is no JSON stays text. */
    private static @Nullable Object arguments(String json) {
        if (json.isBlank()) {
            return Map.of();
        }
        try {
            return JSON.readValue(json, Object.class);
        } catch (JacksonException e) {
            return json;
        }
    }
}
