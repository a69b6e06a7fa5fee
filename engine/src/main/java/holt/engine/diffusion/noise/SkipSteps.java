package holt.engine.diffusion.noise;

import java.util.Arrays;

/** Skips the first steps of a denoising loop that starts from a picture. */
final class SkipSteps {
    private SkipSteps() {}

    /** The last timesteps of a loop: the share {@code strength} of them, at least one. */
    static double[] remaining(double[] times, double strength) {
        return Arrays.copyOfRange(times, skipped(times.length, strength), times.length);
    }

    /** The number of skipped steps. */
    static int skipped(int steps, double strength) {
        int remaining = Math.clamp((int) (steps * strength), 1, steps);
        return steps - remaining;
    }
}
