/**
 * Noise schedulers of diffusion models: the timesteps of a denoising loop, and how a prediction changes the latents.
 *
 * <p>Plain numbers, as in diffusers. Easy to get wrong: each class has its own defaults, and Euler scales its latents for the
 * UNet. Knows no tensors and no model.
 *
 * <p>Each scheduler of diffusers has a class here, which makes the package larger than most.
 */
@NullMarked
package holt.engine.diffusion.noise;

import org.jspecify.annotations.NullMarked;
