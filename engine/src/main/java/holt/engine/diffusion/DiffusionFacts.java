package holt.engine.diffusion;

/**
 * Describes a diffusion model.
 *
 * @param pipeline as model_index.json names it
 * @param factor pixels per latent along a side
 * @param side the side length of its training pictures, in pixels
 * @param scale multiplies the autoencoder's latents, after {@code shift} is subtracted, to give unit variance
 */
public record DiffusionFacts(
        String pipeline,
        long parameters,
        ModelInputs inputs,
        int latentChannels,
        int factor,
        int side,
        double scale,
        double shift) {}
