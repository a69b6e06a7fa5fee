package holt.engine.diffusion.noise;

/** The way of one picture's latents out of noise. It has memory: each picture needs its own, and steps come in order. */
public interface Denoising {
    /** How often the model is asked. */
    int steps();

    /** The timestep that the model is told at a step; not always whole. */
    double timestep(int step);

    /** What unit noise is multiplied by to be the latents of step 0, when there is no picture in it. */
    double initialScale();

    /** What the latents are multiplied by before the model sees them. */
    double inputScale(int step);

    /** The share of a clean picture in latents of this step; {@code step == steps()}: after the last one. */
    double signal(int step);

    /** The share of unit noise beside {@link #signal}. */
    double noise(int step);

    /**
     * Moves the latents.
     *
     * @param latents changed in place
     * @param prediction the model's output, guidance included; may be changed
     * @param random fresh unit noise for schedulers that add some
     */
    void step(int step, float[] latents, float[] prediction, NoiseSource random);

    /** Unit normal noise. */
    @FunctionalInterface
    interface NoiseSource {
        double next();
    }
}
