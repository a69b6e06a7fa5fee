package holt.engine.text;

import holt.engine.tokenizer.TokenText;
import java.util.List;
import java.util.Set;

/** Turns a conversation into a prompt, and tokens into text. Any thread may use it until it is closed. */
interface ChatTokenizer extends AutoCloseable {
    /**
     * The token ids of a conversation, up to where the completion begins.
     *
     * @throws holt.engine.template.TemplateException if the chat template refuses the conversation
     */
    long[] encode(List<ChatTurn> turns);

    /** The tokens that end a completion. */
    Set<Long> endTokens();

    /** The text of some tokens. Incomplete characters become U+FFFD. */
    String decode(long[] ids);

    /** The text of one token alone. */
    TokenText text(long id);

    @Override
    void close();
}
