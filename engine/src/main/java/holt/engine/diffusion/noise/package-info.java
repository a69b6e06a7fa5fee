/**
 * Noise schedulers of diffusion models: which timesteps a denoising loop visits, and how a prediction moves the latents.
 *
 * <p>Plain numbers, as diffusers computes them. Easy to get wrong: what a configuration leaves out has another value for
 * each class, and Euler's latents are scaled before the model sees them. Knows no tensors and no model.
 */
@NullMarked
package holt.engine.diffusion.noise;

import org.jspecify.annotations.NullMarked;
