package holt.engine.diffusion.noise;

/** The noise that training added at each timestep. */
enum BetaSchedule {
    LINEAR,
    SCALED_LINEAR,
    SQUAREDCOS_CAP_V2;

    private static final double LARGEST_COSINE_BETA = 0.999;

    /** The cumulative products of 1 - beta per timestep: the squares of the signal's share. */
    double[] alphasCumulative(int count, double start, double end) {
        double[] products = new double[count];
        double product = 1;
        for (int i = 0; i < count; i++) {
            product *= 1 - beta(i, count, start, end);
            products[i] = product;
        }
        return products;
    }

    private double beta(int i, int count, double start, double end) {
        double along = count == 1 ? 0 : (double) i / (count - 1);
        return switch (this) {
            case LINEAR -> start + along * (end - start);
            case SCALED_LINEAR -> {
                double root = Math.sqrt(start) + along * (Math.sqrt(end) - Math.sqrt(start));
                yield root * root;
            }
            case SQUAREDCOS_CAP_V2 ->
                    Math.min(
                            1 - cosine((double) (i + 1) / count) / cosine((double) i / count),
                            LARGEST_COSINE_BETA);
        };
    }

    private static double cosine(double time) {
        double root = Math.cos((time + 0.008) / 1.008 * Math.PI / 2);
        return root * root;
    }

    /**
     * Rescales the signal's shares so that the last is zero (Lin et al. 2023, "Common Diffusion Noise Schedules
     * and Sample Steps are Flawed", algorithm 1).
     */
    static void rescaleToZeroTerminal(double[] products) {
        double first = Math.sqrt(products[0]);
        double last = Math.sqrt(products[products.length - 1]);
        for (int i = 0; i < products.length; i++) {
            double shifted = (Math.sqrt(products[i]) - last) * first / (first - last);
            products[i] = shifted * shifted;
        }
    }
}
