package holt.engine.text;

import holt.engine.text.tools.OutputFormat;
import holt.engine.tokenizer.TokenText;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Gives the tokens 1, 2, ... the texts of a script, then comes the end token. With {@link FakeDecoder} a model says just that. */
final class ScriptedTokenizer implements ChatTokenizer {
    private final OutputFormat format;
    private final Set<String> special;
    private final List<String> script;

    /** @param special texts that are special tokens, which decoding leaves out */
    ScriptedTokenizer(OutputFormat format, Set<String> special, List<String> script) {
        this.format = format;
        this.special = special;
        this.script = script;
    }

    @Override
    public EncodedPrompt encode(ChatInput input) {
        return new EncodedPrompt(new long[] {0}, false);
    }

    @Override
    public EncodedPrompt encode(RawPrompt prompt) {
        return new EncodedPrompt(new long[] {0}, false);
    }

    @Override
    public OutputFormat format() {
        return format;
    }

    @Override
    public Map<Long, String> markers(boolean calls) {
        Map<Long, String> markers = new HashMap<>();
        for (int i = 0; i < script.size(); i++) {
            if (special.contains(script.get(i)) && format.markers(calls).contains(script.get(i))) {
                markers.put(i + 1L, script.get(i));
            }
        }
        return markers;
    }

    @Override
    public Set<Long> endTokens() {
        return Set.of(script.size() + 1L);
    }

    @Override
    public String decode(long[] ids) {
        return Arrays.stream(ids)
                .mapToObj(this::spelling)
                .filter(text -> !special.contains(text))
                .collect(Collectors.joining());
    }

    private String spelling(long id) {
        return id < 1 || id > script.size() ? "" : script.get((int) id - 1);
    }

    @Override
    public TokenText text(long id) {
        return new TokenText(spelling(id), List.of());
    }

    @Override
    public void close() {}
}
