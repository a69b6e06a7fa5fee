/**
 * Decoder-only transformers of the Llama layout (Llama 2 and 3, SmolLM2, TinyLlama, Qwen2, Qwen3, Mistral).
 *
 * <p>A {@link holt.engine.decoder.Decoder} computes: tokens, positions and slots in, logits out. It knows no
 * policy - who runs, when, and which token is taken is decided elsewhere - and no text.
 */
@NullMarked
package holt.engine.decoder;

import org.jspecify.annotations.NullMarked;
