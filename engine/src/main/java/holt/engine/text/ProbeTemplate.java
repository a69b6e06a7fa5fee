package holt.engine.text;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Finds out what a chat template can do, by rendering short conversations. */
final class ProbeTemplate {
    private static final String NAME = "holt_probe";
    private static final ChatTurn QUESTION = new ChatTurn("user", "Hello");
    private static final List<Map<String, @Nullable Object>> TOOLS =
            List.of(
                    Map.of(
                            "type",
                            "function",
                            "function",
                            Map.of(
                                    "name",
                                    NAME,
                                    "description",
                                    "",
                                    "parameters",
                                    Map.of("type", "object", "properties", Map.of()))));

    private ProbeTemplate() {}

    /**
     * The abilities of a template.
     *
     * @param render the prompt of messages and tools; empty if the template refuses them
     */
    static TemplateAbilities probe(
            String source,
            BiFunction<
                            List<Map<String, @Nullable Object>>,
                            @Nullable List<Map<String, @Nullable Object>>,
                            Optional<String>>
                    render) {
        var messages = new ChatMessages(new TemplateAbilities(true, true, true, true, true));
        Optional<String> tools = render.apply(messages.of(List.of(QUESTION)), TOOLS);
        Optional<String> system =
                render.apply(messages.of(List.of(new ChatTurn("system", NAME), QUESTION)), null);
        Optional<String> called = render.apply(messages.of(calls("abcdef123", "")), TOOLS);
        Optional<String> longId = render.apply(messages.of(calls("call_0123456789", "")), TOOLS);
        Optional<String> noContent = render.apply(messages.of(calls("abcdef123", null)), TOOLS);
        return new TemplateAbilities(
                tools.filter(prompt -> prompt.contains(NAME)).isPresent(),
                system.filter(prompt -> prompt.contains(NAME)).isPresent(),
                source.contains("developer"),
                noContent.filter(prompt -> !prompt.contains("None")).isPresent(),
                called.isEmpty() || longId.isPresent());
    }

    private static List<ChatTurn> calls(String id, @Nullable String content) {
        ToolCall call = new ToolCall(id, NAME, "{}");
        return List.of(
                QUESTION,
                new ChatTurn("assistant", content, null, List.of(call), null, null),
                new ChatTurn("tool", "{}", null, List.of(), id, NAME));
    }
}
