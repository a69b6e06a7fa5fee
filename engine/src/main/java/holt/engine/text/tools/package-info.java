/**
 * Reasoning and tool calls in what a model writes: found piece by piece, in the syntax of the model's family.
 *
 * <p>Easy to get wrong: how the text is split into tokens must not matter, and a malformed call is text. Knows no tokenizer
 * and no events.
 */
@NullMarked
package holt.engine.text.tools;

import org.jspecify.annotations.NullMarked;
