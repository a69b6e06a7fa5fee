package holt.engine.text;

import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.LfsPointer;
import holt.engine.checkpoint.ModelFiles;
import holt.engine.template.ChatTemplate;
import holt.engine.template.TemplateException;
import holt.engine.tokenizer.TextTokenizer;
import holt.engine.tokenizer.TokenText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The tokenizer and the chat template of a model folder or a GGUF file. */
final class FolderChatTokenizer implements ChatTokenizer {
    private static final String TEMPLATE_FILE = "chat_template.jinja";
    private static final String CONFIG_FILE = "tokenizer_config.json";
    private static final List<ChatTurn> PROBE = List.of(new ChatTurn("user", "Hello"));
    private static final List<ChatTurn> SYSTEM_PROBE =
            List.of(new ChatTurn("system", "Be brief."), PROBE.getFirst());
    private static final List<ChatTurn> LONGER_PROBE =
            List.of(PROBE.getFirst(), new ChatTurn("assistant", "Hello"), PROBE.getFirst());

    private final TextTokenizer tokenizer;
    private final ChatTemplate template;
    private final Map<String, String> specialTokens; // by the template's names, such as bos_token
    private final Set<Long> endTokens;

    private FolderChatTokenizer(Path folder, TextTokenizer tokenizer) {
        this.tokenizer = tokenizer;
        JsonNode config = ModelFiles.jsonIfPresent(folder, CONFIG_FILE);
        this.specialTokens = specialTokens(config);
        boolean ownFile = Files.isRegularFile(folder.resolve(TEMPLATE_FILE));
        Path source = folder.resolve(ownFile ? TEMPLATE_FILE : CONFIG_FILE);
        if (ownFile) {
            LfsPointer.refuse(source);
        }
        try {
            this.template =
                    ChatTemplate.parse(
                            ownFile ? Files.readString(source) : templateIn(config, source));
            checkTokens(source, folder, encode(PROBE));
        } catch (IOException | TemplateException e) {
            throw new UnloadableModelException(
                    "The chat template in %s cannot be rendered: %s"
                            .formatted(source, e.getMessage()),
                    e);
        }
        for (List<ChatTurn> probe : List.of(SYSTEM_PROBE, LONGER_PROBE)) {
            checkTokens(source, folder, encodeIfAllowed(probe));
        }
        this.endTokens = endTokens(folder);
    }

    /** Refuses a template that writes a token without a row in the embedding. */
    private void checkTokens(Path source, Path folder, long[] prompt) {
        long rows = ModelFiles.json(folder, "config.json").path("vocab_size").asLong(0);
        long highest = Arrays.stream(prompt).max().orElse(-1);
        if (rows > 0 && highest >= rows) {
            throw new UnloadableModelException(
                    "The chat template in %s writes token %d (%s); the model has %d tokens, counted from 0"
                            .formatted(source, highest, tokenizer.text(highest).text(), rows));
        }
    }

    /** No tokens if the template refuses the conversation, for example its system turn. */
    private long[] encodeIfAllowed(List<ChatTurn> turns) {
        try {
            return encode(turns);
        } catch (TemplateException e) {
            return new long[0];
        }
    }

    /**
     * Reads the tokenizer and the template, and renders a short conversation.
     *
     * @throws UnloadableModelException if one is missing or unusable; a guessed template would give bad completions
     */
    static FolderChatTokenizer load(Path folder) {
        TextTokenizer tokenizer = TextTokenizer.load(folder);
        try {
            return new FolderChatTokenizer(folder, tokenizer);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    private static Map<String, String> specialTokens(JsonNode config) {
        Map<String, String> tokens = new HashMap<>();
        for (String name : List.of("bos_token", "eos_token", "unk_token", "pad_token")) {
            JsonNode token = config.path(name);
            String text = token.asString(token.path("content").asString(""));
            if (!text.isEmpty()) {
                tokens.put(name, text);
            }
        }
        return tokens;
    }

    private static String templateIn(JsonNode config, Path source) {
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
                    "%s has no chat_template, and there is no %s; chats need one"
                            .formatted(source, TEMPLATE_FILE));
        }
        return template.asString();
    }

    /** Every id that one of the folder's files calls an end of sequence. */
    private Set<Long> endTokens(Path folder) {
        String spelled = specialTokens.get("eos_token");
        Set<Long> ids = new HashSet<>();
        if (spelled != null) {
            ids.addAll(tokenizer.idsOf(List.of(spelled)));
        }
        addIds(ids, ModelFiles.json(folder, "config.json").path("eos_token_id"));
        addIds(
                ids,
                ModelFiles.jsonIfPresent(folder, "generation_config.json").path("eos_token_id"));
        return Set.copyOf(ids);
    }

    private static void addIds(Set<Long> ids, JsonNode node) {
        if (node.isIntegralNumber()) {
            ids.add(node.asLong());
        }
        node.forEach(id -> addIds(ids, id));
    }

    @Override
    public long[] encode(List<ChatTurn> turns) {
        List<String> texts = new ArrayList<>();
        for (ChatTurn turn : turns) {
            texts.add(turn.role());
            texts.add(turn.content());
        }
        return tokenizer.encode(texts, this::render);
    }

    /** @param texts role and content of each turn, in turn */
    private String render(List<String> texts) {
        List<Map<String, Object>> messages = new ArrayList<>();
        for (int i = 0; i < texts.size(); i += 2) {
            messages.add(Map.of("role", texts.get(i), "content", texts.get(i + 1)));
        }
        Map<String, @Nullable Object> variables = new HashMap<>(specialTokens);
        variables.put("messages", messages);
        variables.put("add_generation_prompt", true);
        variables.put("tools", null); // none, not undefined
        variables.put("documents", null);
        return template.render(variables);
    }

    @Override
    public Set<Long> endTokens() {
        return endTokens;
    }

    @Override
    public String decode(long[] ids) {
        return tokenizer.decode(ids);
    }

    @Override
    public TokenText text(long id) {
        return tokenizer.text(id);
    }

    /** The most bytes of text that one token stands for. */
    int longestTokenBytes() {
        return tokenizer.longestTokenBytes();
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
