package holt.engine.text;

import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.ModelFiles;
import holt.engine.template.ChatTemplate;
import holt.engine.template.TemplateException;
import holt.engine.tokenizer.TextTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Writes conversations as the model was trained to read them, by the folder's chat template. Any thread may use it. */
final class PromptWriter {
    private static final String TEMPLATE_FILE = "chat_template.jinja";
    private static final String CONFIG_FILE = "tokenizer_config.json";
    private static final List<ChatTurn> PROBE = List.of(new ChatTurn("user", "Hello"));

    private final TextTokenizer tokenizer;
    private final ChatTemplate template;
    private final Map<String, String> specialTokens; // bos_token and so on

    private PromptWriter(
            TextTokenizer tokenizer, ChatTemplate template, Map<String, String> specialTokens) {
        this.tokenizer = tokenizer;
        this.template = template;
        this.specialTokens = specialTokens;
    }

    /**
     * Reads the template and tries it out.
     *
     * @throws UnloadableModelException if there is none, or it cannot be rendered: guessing one would give bad answers
     */
    static PromptWriter load(Path folder, TextTokenizer tokenizer) {
        JsonNode config = ModelFiles.jsonIfPresent(folder, CONFIG_FILE);
        Map<String, String> specialTokens = new HashMap<>();
        for (String name : List.of("bos_token", "eos_token", "unk_token", "pad_token")) {
            JsonNode token = config.path(name);
            String text = token.asString(token.path("content").asString(""));
            if (!text.isEmpty()) {
                specialTokens.put(name, text);
            }
        }
        boolean ownFile = Files.isRegularFile(folder.resolve(TEMPLATE_FILE));
        Path source = folder.resolve(ownFile ? TEMPLATE_FILE : CONFIG_FILE);
        try {
            String text = ownFile ? Files.readString(source) : inConfig(config, source);
            PromptWriter writer =
                    new PromptWriter(tokenizer, ChatTemplate.parse(text), specialTokens);
            writer.write(PROBE);
            return writer;
        } catch (IOException | TemplateException e) {
            throw new UnloadableModelException(
                    "The chat template in %s cannot be rendered: %s"
                            .formatted(source, e.getMessage()),
                    e);
        }
    }

    private static String inConfig(JsonNode config, Path source) {
        JsonNode template = config.path("chat_template");
        if (template.isArray()) { // several by name
            for (JsonNode named : template) {
                if (named.path("name").asString("").equals("default")) {
                    return named.path("template").asString();
                }
            }
        }
        if (!template.isString()) {
            throw new UnloadableModelException(
                    "%s has no chat_template, and there is no %s; the model cannot be talked to"
                            .formatted(source, TEMPLATE_FILE));
        }
        return template.asString();
    }

    /**
     * The token ids of a conversation, up to where the answer begins.
     *
     * @throws TemplateException if the template refuses the conversation
     */
    long[] write(List<ChatTurn> turns) {
        List<String> texts = new ArrayList<>();
        for (ChatTurn turn : turns) {
            texts.add(turn.role());
            texts.add(turn.content());
        }
        return tokenizer.encode(texts, this::render);
    }

    private String render(List<String> texts) {
        List<Map<String, Object>> messages = new ArrayList<>();
        for (int i = 0; i < texts.size(); i += 2) {
            messages.add(Map.of("role", texts.get(i), "content", texts.get(i + 1)));
        }
        Map<String, Object> variables = new HashMap<>(specialTokens);
        variables.put("messages", messages);
        variables.put("add_generation_prompt", true);
        return template.render(variables);
    }

    /** The end-of-sequence token as tokenizer_config.json spells it. */
    List<String> endTokens() {
        return specialTokens.containsKey("eos_token")
                ? List.of(specialTokens.get("eos_token"))
                : List.of();
    }
}
