/**
 * Decoder-only transformers of the Llama layout (Llama 2 and 3, SmolLM2, TinyLlama, Qwen2, Qwen3, Mistral).
 *
 * <p>A {@link holt.engine.decoder.Decoder} takes tokens, positions and slots, and returns logits. Easy to get wrong: a slot
 * must have run all earlier positions. Knows no policy (what runs when, which token follows) and no text.
 */
@NullMarked
package holt.engine.decoder;

import org.jspecify.annotations.NullMarked;
