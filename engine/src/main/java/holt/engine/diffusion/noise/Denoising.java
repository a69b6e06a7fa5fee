package holt.engine.diffusion.noise;

/** The denoising loop of one picture. It has state: each picture needs its own, and its steps come in order. */
public interface Denoising {
    /** The number of UNet calls. */
    int steps();

    /** The timestep for the UNet at a step; may be a fraction. */
    double timestep(int step);

    /** The factor from unit noise to the latents of step 0, without a source picture. */
    double initialScale();

    /** The factor from latents to the UNet's input. */
    double inputScale(int step);

    /** The share of the clean picture in the latents before a step. {@code step == steps()} means after the last one. */
    double signal(int step);

    /** The share of unit noise in the latents before a step. */
    double noise(int step);

    /**
     * Does one step.
     *
     * @param latents changed in place
     * @param prediction of the UNet, after guidance; may be changed
     * @param random unit noise, for schedulers that add noise
     */
    void step(int step, float[] latents, float[] prediction, NoiseSource random);

    /** Unit normal noise. */
    @FunctionalInterface
    interface NoiseSource {
        double next();
    }
}
