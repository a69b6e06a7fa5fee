package holt.api.responses;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the tools of a response are called in its chat. A chat knows functions only: a namespaced function gets the namespace in its name, and a
 * custom tool is a function with one text, {@code input}.
 */
final class ToolNames {
    private final Map<String, Tool> byChatName = new HashMap<>();

    /**
     * @param namespace null: none
     * @param custom whether its input is one text instead of JSON
     */
    record Tool(@Nullable String namespace, String name, boolean custom) {}

    /** Adds a tool, and returns its name in the chat. */
    String add(Tool tool) {
        String name = chatName(tool.namespace, tool.name);
        byChatName.put(name, tool);
        return name;
    }

    String chatName(@Nullable String namespace, String name) {
        return namespace == null ? name : namespace + "__" + name;
    }

    /** The tool that the model has called. A model may also call one that it does not have. */
    Tool called(String chatName) {
        return byChatName.getOrDefault(chatName, new Tool(null, chatName, false));
    }
}
