package holt.engine.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the prompt of a request is made from.
 *
 * @param tools OpenAI's tool objects
 * @param mayCall whether the completion may call them
 * @param templateArguments more variables of the template
 */
record ChatInput(
        List<ChatTurn> turns,
        List<Map<String, @Nullable Object>> tools,
        boolean mayCall,
        Map<String, @Nullable Object> templateArguments) {
    static ChatInput of(TextRequest request) {
        boolean mayCall =
                switch (request.toolChoice()) {
                    case ToolChoice.Auto _, ToolChoice.Required _, ToolChoice.Named _ -> true;
                    case ToolChoice.None _ -> false;
                };
        return new ChatInput(
                request.turns(), request.tools(), mayCall, request.templateArguments());
    }

    /** A conversation without tools. */
    static ChatInput of(List<ChatTurn> turns) {
        return new ChatInput(turns, List.of(), false, Map.of());
    }

    /** The schemas of the functions that the completion may call, by their names. */
    Map<String, Map<?, ?>> functions() {
        Map<String, Map<?, ?>> functions = new LinkedHashMap<>();
        if (mayCall) {
            for (Map<String, @Nullable Object> tool : tools) {
                if (tool.get("function") instanceof Map<?, ?> function
                        && function.get("name") instanceof String name) {
                    functions.put(
                            name,
                            function.get("parameters") instanceof Map<?, ?> schema
                                    ? schema
                                    : Map.of());
                }
            }
        }
        return functions;
    }
}
