package holt.engine.text;

import holt.engine.text.tools.OutputFormat;
import holt.engine.tokenizer.TokenText;
import java.util.Map;
import java.util.Set;

/** Turns a conversation into a prompt, and tokens into text. Any thread may use it until it is closed. */
interface ChatTokenizer extends AutoCloseable {
    /**
     * The prompt of a conversation.
     *
     * @throws holt.engine.template.TemplateException if the chat template refuses the conversation
     */
    EncodedPrompt encode(ChatInput input);

    /** The prompt as it is, with the special tokens that the tokenizer adds to a text. */
    EncodedPrompt encode(RawPrompt prompt);

    /** What the template says of completions. */
    OutputFormat format();

    /**
     * The special tokens that begin or end reasoning and calls, by their ids. {@link #decode} leaves special tokens out.
     *
     * @param calls whether calls matter
     */
    Map<Long, String> markers(boolean calls);

    /** The tokens that end a completion. */
    Set<Long> endTokens();

    /** The text of some tokens. Incomplete characters become U+FFFD. */
    String decode(long[] ids);

    /** The text of one token alone. */
    TokenText text(long id);

    @Override
    void close();
}
