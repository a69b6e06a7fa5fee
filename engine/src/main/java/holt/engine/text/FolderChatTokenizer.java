package holt.engine.text;

import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.ModelFiles;
import holt.engine.template.TemplateException;
import holt.engine.text.tools.CallFamily;
import holt.engine.text.tools.OutputFormat;
import holt.engine.tokenizer.TextTokenizer;
import holt.engine.tokenizer.TokenText;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The tokenizer and the chat templates of a model folder or a GGUF file. */
final class FolderChatTokenizer implements ChatTokenizer {
    private static final String CONFIG_FILE = "tokenizer_config.json";
    private static final List<ChatTurn> PROBE = List.of(new ChatTurn("user", "Hello"));
    private static final List<ChatTurn> SYSTEM_PROBE =
            List.of(new ChatTurn("system", "Be brief."), PROBE.getFirst());
    private static final List<ChatTurn> LONGER_PROBE =
            List.of(PROBE.getFirst(), new ChatTurn("assistant", "Hello"), PROBE.getFirst());

    private final TextTokenizer tokenizer;
    private final ChatTemplates templates;
    private final OutputFormat format;
    private final Map<Long, String> thinkMarkers;
    private final Map<Long, String> allMarkers;
    private final Set<Long> endTokens;

    private FolderChatTokenizer(Path folder, TextTokenizer tokenizer, @Nullable CallFamily calls) {
        this.tokenizer = tokenizer;
        this.templates =
                new ChatTemplates(
                        folder,
                        ModelFiles.jsonIfPresent(folder, CONFIG_FILE),
                        folder.resolve(CONFIG_FILE));
        this.format = OutputFormat.of(templates.withTools().source(), calls);
        try {
            checkTokens(folder, encode(ChatInput.of(PROBE)).tokens());
        } catch (TemplateException e) {
            throw ChatTemplates.unusable(templates.source(), e);
        }
        for (List<ChatTurn> probe : List.of(SYSTEM_PROBE, LONGER_PROBE)) {
            checkTokens(folder, encodeIfAllowed(probe));
        }
        this.thinkMarkers = specialTokens(format.markers(false));
        this.allMarkers = specialTokens(format.markers(true));
        this.endTokens = endTokens(folder);
    }

    /** Refuses a template that writes a token without a row in the embedding. */
    private void checkTokens(Path folder, long[] prompt) {
        long rows = ModelFiles.json(folder, "config.json").path("vocab_size").asLong(0);
        long highest = Arrays.stream(prompt).max().orElse(-1);
        if (rows > 0 && highest >= rows) {
            throw new UnloadableModelException(
                    "The chat template in %s writes token %d (%s); the model has %d tokens, counted from 0"
                            .formatted(
                                    templates.source(),
                                    highest,
                                    tokenizer.text(highest).text(),
                                    rows));
        }
    }

    /** No tokens if the template refuses the conversation, for example its system turn. */
    private long[] encodeIfAllowed(List<ChatTurn> turns) {
        try {
            return encode(ChatInput.of(turns)).tokens();
        } catch (TemplateException e) {
            return new long[0];
        }
    }

    /**
     * Reads the tokenizer and the templates, and renders short conversations.
     *
     * @param calls the syntax of the model's tool calls; null = as the template writes them
     * @throws UnloadableModelException if one is missing or unusable; a guessed template would give bad completions
     */
    static FolderChatTokenizer load(Path folder, @Nullable CallFamily calls) {
        TextTokenizer tokenizer = TextTokenizer.load(folder);
        try {
            return new FolderChatTokenizer(folder, tokenizer, calls);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /** Every id that one of the folder's files calls an end of sequence. */
    private Set<Long> endTokens(Path folder) {
        String spelled = templates.endToken();
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
    public EncodedPrompt encode(ChatInput input) {
        RenderChat template = templates.of(input);
        Map<String, @Nullable Object> values = template.values(input);
        var prompt = new StringBuilder();
        long[] tokens =
                tokenizer.encode(
                        UserTexts.in(values),
                        texts ->
                                prompt.append(template.render(UserTexts.replace(values, texts)))
                                        .toString());
        return new EncodedPrompt(tokens, format.opensReasoning(prompt.toString()));
    }

    @Override
    public EncodedPrompt encode(RawPrompt prompt) {
        long[] tokens =
                prompt.tokens() == null
                        ? tokenizer.encode(Objects.requireNonNull(prompt.text()), true)
                        : prompt.tokens().stream().mapToLong(Integer::longValue).toArray();
        return new EncodedPrompt(tokens, false);
    }

    @Override
    public OutputFormat format() {
        return format;
    }

    @Override
    public Map<Long, String> markers(boolean calls) {
        return calls ? allMarkers : thinkMarkers;
    }

    private Map<Long, String> specialTokens(List<String> spellings) {
        Map<Long, String> tokens = new HashMap<>();
        for (String spelling : spellings) {
            for (long id : tokenizer.idsOf(List.of(spelling))) {
                if (tokenizer.text(id).bytes() == null) {
                    tokens.put(id, spelling);
                }
            }
        }
        return Map.copyOf(tokens);
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
