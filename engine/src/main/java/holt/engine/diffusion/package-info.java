/**
 * Latent diffusion models of the Stable Diffusion family, straight from a diffusers folder.
 *
 * <p>A {@link holt.engine.diffusion.DiffusionModel} encodes prompts, converts pixels to latents and back, and predicts noise.
 * Easy to get wrong: latents are scaled, except those of InstructPix2Pix's source picture. Knows no policy: the callers choose
 * steps, guidance and batches.
 */
@NullMarked
package holt.engine.diffusion;

import org.jspecify.annotations.NullMarked;
