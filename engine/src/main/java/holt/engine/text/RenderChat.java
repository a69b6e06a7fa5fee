package holt.engine.text;

import holt.engine.template.ChatTemplate;
import holt.engine.template.TemplateException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Renders conversations with a model's chat template, with the variables that {@code apply_chat_template} of
 * {@code transformers} passes.
 */
final class RenderChat {
    private final String source;
    private final ChatTemplate template;
    private final Map<String, String> specialTokens; // by the template's names, such as bos_token
    private final TemplateAbilities abilities;

    /** @throws TemplateException if the source is no template */
    RenderChat(String source, Map<String, String> specialTokens) {
        this.source = source;
        this.template = ChatTemplate.parse(source);
        this.specialTokens = specialTokens;
        this.abilities = ProbeTemplate.probe(source, this::renderIfAllowed);
    }

    /** The text of the template. */
    String source() {
        return source;
    }

    /** All that a client wrote, as values for the template. */
    Map<String, @Nullable Object> values(ChatInput input) {
        List<ChatTurn> turns =
                abilities.knowsTools()
                        ? input.turns()
                        : PlainTools.turns(input, abilities.knowsSystem());
        boolean tools = abilities.knowsTools() && !input.tools().isEmpty();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("arguments", input.templateArguments());
        values.put("messages", new ChatMessages(abilities).of(turns));
        values.put("tools", tools ? input.tools() : null);
        return values;
    }

    /**
     * The prompt.
     *
     * @param values from {@link #values}, perhaps with other texts
     * @throws TemplateException if the template refuses the conversation
     */
    String render(Map<?, ?> values) {
        Map<String, @Nullable Object> variables = variables();
        if (values.get("arguments") instanceof Map<?, ?> arguments) {
            arguments.forEach((name, value) -> variables.put(String.valueOf(name), value));
        }
        variables.put("messages", values.get("messages"));
        variables.put("tools", values.get("tools"));
        return template.render(variables);
    }

    /** {@code documents} is none, not undefined. */
    private Map<String, @Nullable Object> variables() {
        Map<String, @Nullable Object> variables = new HashMap<>(specialTokens);
        variables.put("documents", null);
        variables.put("add_generation_prompt", true);
        return variables;
    }

    private Optional<String> renderIfAllowed(
            List<Map<String, @Nullable Object>> messages,
            @Nullable List<Map<String, @Nullable Object>> tools) {
        Map<String, @Nullable Object> variables = variables();
        variables.put("messages", messages);
        variables.put("tools", tools);
        try {
            return Optional.of(template.render(variables));
        } catch (TemplateException e) {
            return Optional.empty();
        }
    }
}
