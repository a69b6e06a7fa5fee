/**
 * The denoising of one picture: guidance, seeded noise and the source of an edit.
 *
 * <p>Easy to get wrong: models of each kind see the source of an edit differently, in the latents, beside them, or both.
 * Knows no requests and no scheduling.
 */
@NullMarked
package holt.engine.image.denoising;

import org.jspecify.annotations.NullMarked;
