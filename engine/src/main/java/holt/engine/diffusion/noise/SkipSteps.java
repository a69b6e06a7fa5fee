package holt.engine.diffusion.noise;

import java.util.Arrays;

/** Where a loop starts that does not start from noise alone. */
final class SkipSteps {
    private SkipSteps() {}

    /** The last timesteps of a loop, as many as the strength says, at least one. */
    static double[] loop(double[] times, double strength) {
        return Arrays.copyOfRange(times, skipped(times.length, strength), times.length);
    }

    /** How many steps are left out. */
    static int skipped(int steps, double strength) {
        int gone = Math.clamp((int) (steps * strength), 1, steps);
        return steps - gone;
    }
}
