/**
 * Networks that turn texts into vectors: the BERT and RoBERTa layouts, and what they share with decoders that do the same.
 *
 * <p>An {@link holt.engine.encoder.Encoder} takes tokens and returns one vector for each input. Knows no text, and no policy (what runs
 * when).
 */
@NullMarked
package holt.engine.encoder;

import org.jspecify.annotations.NullMarked;
