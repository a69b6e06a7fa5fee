package holt.engine.diffusion.noise;

/**
 * The kind of a UNet's prediction. With latents x = a x0 + s e and a² + s² = 1, the clean picture x0 and the noise e follow
 * from x and the prediction.
 */
enum Prediction {
    EPSILON,
    V_PREDICTION,
    SAMPLE;

    double clean(double x, double predicted, double a, double s) {
        return switch (this) {
            case EPSILON -> (x - s * predicted) / a;
            case V_PREDICTION -> a * x - s * predicted;
            case SAMPLE -> predicted;
        };
    }

    double noise(double x, double predicted, double a, double s) {
        return switch (this) {
            case EPSILON -> predicted;
            case V_PREDICTION -> a * predicted + s * x;
            case SAMPLE -> (x - a * predicted) / s;
        };
    }
}
