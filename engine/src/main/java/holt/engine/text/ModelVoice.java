package holt.engine.text;

import holt.engine.tokenizer.TokenText;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * What a model says ends an answer, and how its tokens read.
 *
 * @param decode the text of some tokens
 * @param spell a token by itself
 */
record ModelVoice(
        Set<Long> endTokens, Function<long[], String> decode, LongFunction<TokenText> spell) {}
