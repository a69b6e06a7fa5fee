package holt.api.responses;

import static holt.api.fields.Fields.invalid;
import static holt.api.fields.Fields.object;
import static holt.api.fields.Fields.refuseUnsupported;

import holt.api.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns {@code input} into the messages of a chat. Calls and reasoning join the assistant's message around them. */
final class ReadInput {
    private static final List<String> ROLES = List.of("assistant", "developer", "system", "user");

    private final ToolNames names;
    private final List<Map<String, Object>> messages = new ArrayList<>();

    private ReadInput(ToolNames names) {
        this.names = names;
    }

    /** The messages, as JSON objects of {@code /v1/chat/completions}. */
    static List<Map<String, Object>> messages(
            @Nullable Object input, @Nullable String instructions, ToolNames names) {
        var read = new ReadInput(names);
        if (instructions != null && !instructions.isEmpty()) {
            read.message("system").put("content", instructions);
        }
        switch (input) {
            case null -> throw invalid("input", "required");
            case String text -> read.message("user").put("content", text);
            case List<?> items -> read.items(items);
            default -> throw invalid("input", "must be a string or an array of items");
        }
        return read.messages;
    }

    private void items(List<?> items) {
        if (items.isEmpty()) {
            throw invalid("input", "must not be empty");
        }
        for (int i = 0; i < items.size(); i++) {
            String param = "input[" + i + "]";
            Map<String, Object> item = object(param, items.get(i));
            switch (item.getOrDefault("type", "message")) {
                case String type -> item(type, item, param);
                case null, default -> throw invalid(param + ".type", "must be a string");
            }
        }
    }

    private void item(String type, Map<String, Object> item, String param) {
        switch (type) {
            case "message" -> message(item, param);
            case "reasoning" -> {
                String thought = texts(item.get("content"), param + ".content");
                if (!thought.isEmpty()) {
                    assistant().merge("reasoning_content", thought, (a, b) -> a + "\n" + b);
                }
            }
            case "function_call" -> {
                String namespace = item.get("namespace") instanceof String name ? name : null;
                call(
                        item,
                        names.chatName(namespace, string(item, "name", param)),
                        string(item, "arguments", param),
                        param);
            }
            case "custom_tool_call" ->
                    call(
                            item,
                            string(item, "name", param),
                            new String(
                                    Json.write(Map.of("input", string(item, "input", param))),
                                    StandardCharsets.UTF_8),
                            param);
            case "function_call_output", "custom_tool_call_output" -> {
                Map<String, Object> message = message("tool");
                message.put("tool_call_id", string(item, "call_id", param));
                message.put("content", parts(item.get("output"), param + ".output"));
            }
            default -> refuseUnsupported(param + ".type", true);
        }
    }

    private void message(Map<String, Object> item, String param) {
        String role = string(item, "role", param);
        if (!ROLES.contains(role)) {
            throw invalid(param + ".role", "must be one of " + String.join(", ", ROLES));
        }
        if (role.equals("user")) {
            message(role).put("content", parts(item.get("content"), param + ".content"));
            return;
        }
        String text = texts(item.get("content"), param + ".content");
        Map<String, Object> message = role.equals("assistant") ? assistant() : message(role);
        message.merge("content", text, (a, b) -> a + "\n" + b);
    }

    private void call(Map<String, Object> item, String name, String arguments, String param) {
        Object calls = assistant().computeIfAbsent("tool_calls", _ -> new ArrayList<Object>());
        @SuppressWarnings("unchecked") // Only this method puts it in.
        var list = (List<Object>) calls;
        list.add(
                Map.of(
                        "id",
                        string(item, "call_id", param),
                        "type",
                        "function",
                        "function",
                        Map.of("name", name, "arguments", arguments)));
    }

    /** The last message if it is the assistant's, or a new one. */
    private Map<String, Object> assistant() {
        return !messages.isEmpty() && "assistant".equals(messages.getLast().get("role"))
                ? messages.getLast()
                : message("assistant");
    }

    private Map<String, Object> message(String role) {
        var message = new LinkedHashMap<String, Object>();
        message.put("role", role);
        messages.add(message);
        return message;
    }

    /** A text, or the parts of a chat's message if some are more than text. */
    private static Object parts(@Nullable Object content, String param) {
        if (!(content instanceof List<?> list)
                || list.stream().noneMatch(part -> MediaParts.isOne(part))) {
            return texts(content, param);
        }
        var parts = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < list.size(); i++) {
            String at = param + "[" + i + "]";
            Map<String, Object> part = object(at, list.get(i));
            parts.add(
                    MediaParts.isOne(part)
                            ? MediaParts.of(part, at)
                            : Map.of("type", "text", "text", part(part, at)));
        }
        return parts;
    }

    private static String texts(@Nullable Object content, String param) {
        return switch (content) {
            case null -> "";
            case String text -> text;
            case List<?> parts -> {
                var text = new StringBuilder();
                for (int i = 0; i < parts.size(); i++) {
                    text.append(part(parts.get(i), param + "[" + i + "]"));
                }
                yield text.toString();
            }
            default -> throw invalid(param, "must be a string or an array of parts");
        };
    }

    private static String part(@Nullable Object part, String param) {
        Map<String, Object> fields = object(param, part);
        return switch (fields.get("type") instanceof String type ? type : "") {
            case "input_text", "output_text", "text", "reasoning_text" ->
                    string(fields, "text", param);
            case "refusal" -> string(fields, "refusal", param);
            default ->
                    throw invalid(param + ".type", "must be input_text, input_image or input_file");
        };
    }

    private static String string(Map<String, Object> fields, String name, String param) {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw invalid(param + "." + name, "must be a string");
    }
}
