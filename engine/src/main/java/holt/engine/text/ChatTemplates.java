package holt.engine.text;

import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.LfsPointer;
import holt.engine.template.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The chat templates of a model folder or a GGUF file: one, or another one for requests with tools. */
final class ChatTemplates {
    private static final String FILE = "chat_template.jinja";
    private static final String TOOL_FILE = "additional_chat_templates/tool_use.jinja";
    private static final List<String> SPECIAL_TOKENS =
            List.of("bos_token", "eos_token", "unk_token", "pad_token");

    private final Path source;
    private final Map<String, String> specialTokens;
    private final RenderChat plain;
    private final RenderChat withTools;

    /**
     * Reads the templates.
     *
     * @param config the model's tokenizer_config.json
     * @param configFile where it is
     * @throws UnloadableModelException if there is none, or if one cannot be parsed
     */
    ChatTemplates(Path folder, JsonNode config, Path configFile) {
        this.specialTokens = specialTokens(config);
        Path file = folder.resolve(FILE);
        this.source = Files.isRegularFile(file) ? file : configFile;
        this.plain =
                read(file)
                        .or(() -> named(config, "default"))
                        .map(this::parse)
                        .orElseThrow(() ->
                                new UnloadableModelException(
                                        "%s has no chat_template, and there is no %s; chats need one"
                                                .formatted(source, FILE)));
        this.withTools =
                read(folder.resolve(TOOL_FILE))
                        .or(() ->
                                config.path("chat_template").isArray()
                                        ? named(config, "tool_use")
                                        : Optional.empty())
                        .map(this::parse)
                        .orElse(plain);
    }

    /** The file that has the template, for messages. */
    Path source() {
        return source;
    }

    /** The text of the token that ends a sequence, if the folder names it. */
    @Nullable String endToken() {
        return specialTokens.get("eos_token");
    }

    /** The template that writes tools. */
    RenderChat withTools() {
        return withTools;
    }

    /** The template for an input. */
    RenderChat of(ChatInput input) {
        return input.tools().isEmpty() ? plain : withTools;
    }

    private static Map<String, String> specialTokens(JsonNode config) {
        Map<String, String> tokens = new HashMap<>();
        for (String name : SPECIAL_TOKENS) {
            JsonNode token = config.path(name);
            String text = token.asString(token.path("content").asString(""));
            if (!text.isEmpty()) {
                tokens.put(name, text);
            }
        }
        return tokens;
    }

    private static Optional<String> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        LfsPointer.refuse(file);
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    /** One of several templates; the only one has every name. */
    private static Optional<String> named(JsonNode config, String name) {
        JsonNode template = config.path("chat_template");
        for (JsonNode each : template.isArray() ? template : List.<JsonNode>of()) {
            if (each.path("name").asString("").equals(name)) {
                return Optional.of(each.path("template").asString());
            }
        }
        return template.isString() ? Optional.of(template.asString()) : Optional.empty();
    }

    private RenderChat parse(String template) {
        try {
            return new RenderChat(template, specialTokens);
        } catch (TemplateException e) {
            throw unusable(source, e);
        }
    }

    /** That a template cannot be used. */
    static UnloadableModelException unusable(Path source, Exception cause) {
        return new UnloadableModelException(
                "The chat template in %s cannot be rendered: %s"
                        .formatted(source, cause.getMessage()),
                cause);
    }
}
