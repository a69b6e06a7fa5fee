/**
 * The image engine: pictures from prompts and edits of pictures, many at once.
 *
 * <p>Each step, the scheduler chooses pictures (no tensors), the UNet predicts noise (no policy), and each picture's noise
 * scheduler moves its latents. Easy to get wrong: a request with a seed never shares a step, because batched arithmetic may
 * round differently. Knows no protocol and no image formats.
 */
@NullMarked
package holt.engine.image;

import org.jspecify.annotations.NullMarked;
