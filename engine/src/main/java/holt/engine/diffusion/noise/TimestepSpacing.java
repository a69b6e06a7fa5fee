package holt.engine.diffusion.noise;

/** Chooses the training timesteps of a loop. */
enum TimestepSpacing {
    LINSPACE,
    LEADING,
    TRAILING;

    /**
     * The timesteps, largest first.
     *
     * @param total the number of training timesteps
     * @param offset added in {@link #LEADING}
     */
    double[] timesteps(int steps, int total, int offset) {
        double[] times = new double[steps];
        for (int i = 0; i < steps; i++) {
            int fromEnd = steps - 1 - i;
            times[i] =
                    switch (this) {
                        case LINSPACE -> steps == 1 ? 0 : (total - 1.0) * fromEnd / (steps - 1);
                        case LEADING -> (double) (total / steps) * fromEnd + offset;
                        case TRAILING -> Math.rint(total - i * ((double) total / steps)) - 1;
                    };
        }
        return times;
    }

    /** The timesteps rounded to whole numbers. */
    double[] wholeTimesteps(int steps, int total, int offset) {
        double[] times = timesteps(steps, total, offset);
        for (int i = 0; i < steps; i++) {
            times[i] = Math.rint(times[i]);
        }
        return times;
    }
}
