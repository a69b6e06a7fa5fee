package holt.engine.diffusion.noise;

/** A denoising loop over whole timesteps whose latents keep unit variance. */
abstract class VariancePreservingDenoising implements Denoising {
    private final SchedulerConfig config;
    private final double[] times;
    private final int stride;

    /**
     * @param times the loop's timesteps, whole numbers
     * @param stride the distance between two timesteps
     */
    VariancePreservingDenoising(SchedulerConfig config, double[] times, int stride) {
        this.config = config;
        this.times = times;
        this.stride = stride;
    }

    @Override
    public int steps() {
        return times.length;
    }

    @Override
    public double timestep(int step) {
        return times[step];
    }

    @Override
    public double initialScale() {
        return 1;
    }

    @Override
    public double inputScale(int step) {
        return 1;
    }

    @Override
    public double signal(int step) {
        return step == times.length ? 1 : Math.sqrt(alpha(times[step]));
    }

    @Override
    public double noise(int step) {
        return step == times.length ? 0 : Math.sqrt(1 - alpha(times[step]));
    }

    /** The cumulative alpha after a step. */
    double alphaAfter(int step) {
        return alpha(times[step] - stride);
    }

    /** The cumulative alpha at a timestep: the square of the signal's share. A negative timestep is the end. */
    double alpha(double timestep) {
        double[] alphas = config.alphasCumulative();
        int index = Math.min((int) timestep, alphas.length - 1);
        return index >= 0 ? alphas[index] : config.alphaOneAtEnd() ? 1 : alphas[0];
    }

    int stride() {
        return stride;
    }
}
