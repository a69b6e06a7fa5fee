package holt.engine.diffusion;

/**
 * What a diffusion model is.
 *
 * @param pipeline as model_index.json names it
 * @param factor pixels per latent, along a side
 * @param side pixels of the pictures that the model was trained with, along a side
 * @param scale what latents of the autoencoder are multiplied by to have unit variance, after {@code shift} is taken away
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
