package holt.engine.diffusion;

import holt.engine.diffusion.noise.NoiseScheduler;
import java.util.List;

/** A loaded latent diffusion model. Used by one thread at a time. */
public interface DiffusionModel extends AutoCloseable {
    DiffusionFacts facts();

    /** How its latents come from noise. */
    NoiseScheduler scheduler();

    /** Tells the model which thread calls it from now on; called on that thread. */
    void useThisThread();

    /** What a prompt says. Text beyond the model's length is left out, and counted. */
    Conditioning condition(String prompt);

    /** What to steer away from; where nothing is said, as the model was trained for that. */
    Conditioning conditionAgainst(String prompt);

    /**
     * Pixels to the mean of their latents, as the autoencoder has them.
     *
     * @param pixels [3, height, width] in -1..1
     * @param size of the latents
     * @return [latentChannels, height, width]; not scaled
     */
    float[] encode(float[] pixels, LatentSize size);

    /**
     * The way back.
     *
     * @param latents not scaled
     * @return [3, height, width]; may be beyond -1..1
     */
    float[] decode(float[] latents, LatentSize size);

    /**
     * Runs the UNet once.
     *
     * @return per question the prediction, [latentChannels, height, width]
     */
    List<float[]> predict(List<Question> questions, LatentSize size);

    /** About how many bytes a question takes while it is answered. */
    long bytesPerQuestion(LatentSize size);

    @Override
    void close();
}
