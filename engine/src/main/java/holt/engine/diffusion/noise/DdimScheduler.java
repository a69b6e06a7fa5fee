package holt.engine.diffusion.noise;

/** Denoising diffusion implicit models, deterministic (Song et al. 2020, eta = 0). */
record DdimScheduler(SchedulerConfig config) implements NoiseScheduler {
    @Override
    public int trainingSteps() {
        return config.trainingSteps();
    }

    @Override
    public Denoising start(int steps, double strength) {
        double[] times =
                config.spacing()
                        .wholeTimesteps(steps, config.trainingSteps(), config.stepsOffset());
        return new Loop(
                config, SkipSteps.remaining(times, strength), config.trainingSteps() / steps);
    }

    private static final class Loop extends VariancePreservingDenoising {
        private final SchedulerConfig config;

        Loop(SchedulerConfig config, double[] times, int stride) {
            super(config, times, stride);
            this.config = config;
        }

        @Override
        public void step(int step, float[] latents, float[] prediction, NoiseSource random) {
            double signal = signal(step);
            double noise = noise(step);
            double nextAlpha = alphaAfter(step);
            double nextSignal = Math.sqrt(nextAlpha);
            double nextNoise = Math.sqrt(1 - nextAlpha);
            Prediction kind = config.prediction();
            for (int i = 0; i < latents.length; i++) {
                double clean = kind.clean(latents[i], prediction[i], signal, noise);
                double epsilon = kind.noise(latents[i], prediction[i], signal, noise);
                clean = Math.clamp(clean, -config.clip(), config.clip());
                latents[i] = (float) (nextSignal * clean + nextNoise * epsilon);
            }
        }
    }
}
