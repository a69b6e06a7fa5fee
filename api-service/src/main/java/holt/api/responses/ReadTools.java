package holt.api.responses;

import static holt.api.fields.Fields.invalid;
import static holt.api.fields.Fields.object;
import static holt.api.fields.Fields.refuseUnsupported;

import holt.api.chat.ParseTools;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns {@code tools} and {@code tool_choice} into those of a chat. A tool that the provider would run itself, such as a web search, is left out
 * if the model may do without it.
 */
final class ReadTools {
    private static final Map<String, Object> TEXT_INPUT =
            Map.of(
                    "type", "object",
                    "properties", Map.of("input", Map.of("type", "string")),
                    "required", List.of("input"));

    private final ToolNames names = new ToolNames();
    private final List<Map<String, Object>> functions = new ArrayList<>();
    private final Set<String> added = new HashSet<>();
    private boolean leftOut;

    private ReadTools() {}

    /**
     * @param choice as in {@code /v1/chat/completions}; null: the default
     */
    record Read(List<Map<String, Object>> functions, @Nullable Object choice, ToolNames names) {}

    static Read read(@Nullable List<@Nullable Object> tools, @Nullable Object choice) {
        var read = new ReadTools();
        if (tools != null) {
            for (int i = 0; i < tools.size(); i++) {
                read.tool(null, tools.get(i), "tools[" + i + "]");
            }
        }
        Object chosen = read.choice(choice);
        refuseUnsupported(
                "tools", read.leftOut && read.functions.isEmpty() && "required".equals(chosen));
        return new Read(read.functions, read.functions.isEmpty() ? null : chosen, read.names);
    }

    private void tool(@Nullable String namespace, @Nullable Object tool, String param) {
        Map<String, Object> fields = object(param, tool);
        switch (fields.get("type") instanceof String type ? type : "") {
            case "function" -> add(namespace, fields, fields.get("parameters"), false, param);
            case "custom" -> add(namespace, fields, TEXT_INPUT, true, param);
            case "namespace" -> {
                if (!(fields.get("tools") instanceof List<?> list)) {
                    throw invalid(param + ".tools", "must be an array");
                }
                String name = name(fields, param);
                for (int i = 0; i < list.size(); i++) {
                    tool(name, list.get(i), param + ".tools[" + i + "]");
                }
            }
            case "" -> throw invalid(param + ".type", "must be a string");
            default -> leftOut = true;
        }
    }

    private void add(
            @Nullable String namespace,
            Map<String, Object> fields,
            @Nullable Object parameters,
            boolean custom,
            String param) {
        String name = names.add(new ToolNames.Tool(namespace, name(fields, param), custom));
        if (!added.add(name)) {
            throw invalid(param + ".name", "occurs twice");
        }
        var function = new LinkedHashMap<String, Object>();
        function.put("name", name);
        if (fields.get("description") instanceof String description) {
            function.put("description", description);
        }
        if (parameters != null) {
            function.put("parameters", object(param + ".parameters", parameters));
        }
        if (fields.get("strict") instanceof Boolean strict) {
            function.put("strict", strict);
        }
        functions.add(Map.of("type", "function", "function", function));
    }

    private static String name(Map<String, Object> fields, String param) {
        return ParseTools.name(param + ".name", fields.get("name"));
    }

    private @Nullable Object choice(@Nullable Object choice) {
        if (!(choice instanceof Map<?, ?>)) {
            return choice;
        }
        Map<String, Object> fields = object("tool_choice", choice);
        return switch (fields.get("type") instanceof String type ? type : "") {
            case "function", "custom" ->
                    Map.of(
                            "type",
                            "function",
                            "function",
                            Map.of("name", chosen(fields, "tool_choice")));
            case "allowed_tools" -> {
                allow(fields);
                yield fields.getOrDefault("mode", "auto");
            }
            default -> {
                refuseUnsupported("tool_choice.type", true);
                yield null;
            }
        };
    }

    private String chosen(Map<String, Object> fields, String param) {
        return names.chatName(
                fields.get("namespace") instanceof String namespace ? namespace : null,
                name(fields, param));
    }

    /** Keeps the allowed tools only. */
    private void allow(Map<String, Object> fields) {
        if (!(fields.get("tools") instanceof List<?> list)) {
            throw invalid("tool_choice.tools", "must be an array");
        }
        Set<String> allowed = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String param = "tool_choice.tools[" + i + "]";
            Map<String, Object> tool = object(param, list.get(i));
            if (tool.containsKey("name")) {
                allowed.add(chosen(tool, param));
            }
        }
        functions.removeIf(tool ->
                !allowed.contains(
                        String.valueOf(object("tools", tool.get("function")).get("name"))));
    }
}
