package holt.engine.diffusion.noise;

import java.util.Arrays;

/**
 * The noise levels of a denoising loop.
 *
 * @param times the timestep of each step
 * @param values sigma (noise share / signal share) of each step, then the final one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Sigmas(double[] times, double[] values) {
    private static final double KARRAS_RHO = 7;

    /**
     * The noise levels at some training timesteps. If the configuration says so, they are spread between the first and the
     * last as in Karras et al. 2022.
     */
    static Sigmas at(double[] times, SchedulerConfig config) {
        double[] trained = trained(config);
        double[] values = new double[times.length + 1];
        for (int i = 0; i < times.length; i++) {
            values[i] = interpolated(trained, times[i]);
        }
        if (config.karras()) {
            boolean whole = config.kind() == SchedulerConfig.Kind.DPM_SOLVER_MULTISTEP;
            // DPM++ spreads over all training timesteps, Euler over the chosen ones.
            double[] ends =
                    whole
                            ? new double[] {trained[trained.length - 1], trained[0]}
                            : new double[] {values[0], values[times.length - 1]};
            times = new double[times.length];
            for (int i = 0; i < times.length; i++) {
                values[i] =
                        karras(
                                ends[0],
                                ends[1],
                                times.length == 1 ? 0 : (double) i / (times.length - 1));
                double time = timeOf(trained, values[i]);
                times[i] = whole && config.roundsKarrasTimesteps() ? Math.rint(time) : time;
            }
        }
        values[times.length] = config.finalSigmaZero() ? 0 : trained[0];
        return new Sigmas(times, values);
    }

    private static double[] trained(SchedulerConfig config) {
        double[] sigmas = config.alphasCumulative().clone();
        for (int i = 0; i < sigmas.length; i++) {
            sigmas[i] = Math.sqrt((1 - sigmas[i]) / sigmas[i]);
        }
        return sigmas;
    }

    private static double interpolated(double[] values, double at) {
        double inside = Math.clamp(at, 0, values.length - 1);
        int low = (int) Math.min(inside, Math.max(0, values.length - 2));
        int high = Math.min(low + 1, values.length - 1);
        return values[low] + (inside - low) * (values[high] - values[low]);
    }

    private static double karras(double from, double to, double along) {
        double start = Math.pow(from, 1 / KARRAS_RHO);
        double end = Math.pow(to, 1 / KARRAS_RHO);
        return Math.pow(start + along * (end - start), KARRAS_RHO);
    }

    /** The timestep of a noise level, interpolated logarithmically between training timesteps. */
    private static double timeOf(double[] trained, double sigma) {
        double wanted = Math.log(Math.max(sigma, 1e-10));
        int low = 0;
        while (low < trained.length - 2 && Math.log(trained[low + 1]) <= wanted) {
            low++;
        }
        double below = Math.log(trained[low]);
        double above = Math.log(trained[low + 1]);
        return low + Math.clamp((wanted - below) / (above - below), 0, 1);
    }

    /** The noise levels without the steps that the strength skips. */
    Sigmas from(double strength) {
        int skipped = SkipSteps.skipped(times.length, strength);
        return new Sigmas(
                Arrays.copyOfRange(times, skipped, times.length),
                Arrays.copyOfRange(values, skipped, values.length));
    }

    int steps() {
        return times.length;
    }
}
