/**
 * Latent diffusion models of the Stable Diffusion family, straight from a diffusers folder.
 *
 * <p>A {@link holt.engine.diffusion.DiffusionModel} computes: text to conditioning, pixels to latents and back, and what
 * is noise in latents. Easy to get wrong: {@code attention_head_dim} of a UNet is its number of heads, and an autoencoder's
 * latents are scaled except where InstructPix2Pix is told of a picture. Knows no policy - how many steps, how much
 * guidance and for whom is decided elsewhere.
 */
@NullMarked
package holt.engine.diffusion;

import org.jspecify.annotations.NullMarked;
