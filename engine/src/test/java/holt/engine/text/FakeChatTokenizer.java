package holt.engine.text;

import holt.engine.tokenizer.TokenText;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The content of a turn is the length of its prompt. The text of a token is its id and a blank. */
final class FakeChatTokenizer implements ChatTokenizer {
    @Override
    public long[] encode(List<ChatTurn> turns) {
        return new long[Integer.parseInt(turns.getFirst().content())];
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
