package holt.engine.text;

import holt.engine.text.tools.CallFamily;
import holt.engine.text.tools.OutputFormat;
import holt.engine.tokenizer.TokenText;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The content of a turn is the length of its prompt. The text of a token is its id and a blank. */
final class FakeChatTokenizer implements ChatTokenizer {
    @Override
    public EncodedPrompt encode(ChatInput input) {
        return new EncodedPrompt(
                new long[Integer.parseInt(input.turns().getFirst().content())], false);
    }

    @Override
    public EncodedPrompt encode(RawPrompt prompt) {
        return new EncodedPrompt(
                prompt.tokens().stream().mapToLong(Integer::longValue).toArray(), false);
    }

    @Override
    public OutputFormat format() {
        return new OutputFormat(false, CallFamily.JSON);
    }

    @Override
    public Map<Long, String> markers(boolean calls) {
        return Map.of();
    }

    @Override
    public Set<Long> endTokens() {
        return Set.of(99L);
    }

    @Override
    public String decode(long[] ids) {
        return Arrays.stream(ids).mapToObj(id -> id + " ").collect(Collectors.joining());
    }

    @Override
    public TokenText text(long id) {
        return new TokenText(id + " ", List.of());
    }

    @Override
    public void close() {}
}
