/**
 * Streaming: from tokens to text that can be published.
 *
 * <p>Easy to get wrong: a token may end inside a character, and text that may become a stop string must wait. Knows no
 * tokenizer and no events.
 */
@NullMarked
package holt.engine.text.streaming;

import org.jspecify.annotations.NullMarked;
