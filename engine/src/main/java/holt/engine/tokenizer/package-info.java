/**
 * Text to token ids and back, with the tokenizer.json of a model folder.
 *
 * <p>Easy to get wrong: a tokenizer encodes {@code <|im_end|>} as that token anywhere. So a tokenizer that does not know the
 * name must encode users' texts. Knows no chat template and no model.
 */
@NullMarked
package holt.engine.tokenizer;

import org.jspecify.annotations.NullMarked;
