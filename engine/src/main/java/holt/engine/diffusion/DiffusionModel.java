package holt.engine.diffusion;

import holt.engine.diffusion.noise.NoiseScheduler;
import java.util.List;

/** A loaded latent diffusion model. Used by one thread at a time. */
public interface DiffusionModel extends AutoCloseable {
    DiffusionFacts facts();

    /** Its noise scheduler. */
    NoiseScheduler noiseScheduler();

    /** Prepares the calling thread, which calls the model from now on. */
    void useThisThread();

    /** Encodes a prompt. Ignores and counts the tokens beyond the model's limit. */
    Conditioning condition(String prompt);

    /** Encodes a negative prompt. An empty one is encoded as the model was trained. */
    Conditioning conditionNegative(String prompt);

    /**
     * Encodes pixels to the mean of their latents.
     *
     * @param pixels [3, height, width] in -1..1
     * @param size of the latents
     * @return [latentChannels, height, width]; not scaled
     */
    float[] encode(float[] pixels, LatentSize size);

    /**
     * Decodes latents to pixels.
     *
     * @param latents not scaled
     * @return [3, height, width]; may be beyond -1..1
     */
    float[] decode(float[] latents, LatentSize size);

    /**
     * Runs the UNet once.
     *
     * @param rows all of one size
     * @return for each row the prediction, [latentChannels, height, width]
     */
    List<float[]> predict(List<UnetInput> rows, LatentSize size);

    /** About the memory that one row takes while the UNet runs, in bytes. */
    long bytesPerRow(LatentSize size);

    @Override
    void close();
}
