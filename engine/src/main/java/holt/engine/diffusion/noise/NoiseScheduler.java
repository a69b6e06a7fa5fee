package holt.engine.diffusion.noise;

/** Starts denoising loops of one kind. Immutable. */
public interface NoiseScheduler {
    /**
     * Starts a denoising loop.
     *
     * @param steps of a whole loop, from 1 to the number of training timesteps
     * @param strength the part of the loop to run, above 0 up to 1; below 1 it skips the first steps, as diffusers'
     *     image-to-image pipelines do
     */
    Denoising start(int steps, double strength);

    /** The number of timesteps of the training. */
    int trainingSteps();
}
