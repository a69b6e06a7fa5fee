/**
 * Text to token ids and back, by the tokenizer.json of a model folder.
 *
 * <p>Easy to get wrong: a tokenizer reads {@code <|im_end|>} as that token wherever it stands, so what a user typed must
 * be encoded by a tokenizer that does not know the name. Knows no chat template and no model.
 */
@NullMarked
package holt.engine.tokenizer;

import org.jspecify.annotations.NullMarked;
