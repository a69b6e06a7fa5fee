package holt.engine.diffusion.noise;

/**
 * Euler's method on the noise level (Karras et al. 2022, algorithm 2 without churn), and its ancestral form, which removes
 * more noise and adds fresh noise. The latents are clean + sigma * noise.
 */
record EulerScheduler(SchedulerConfig config) implements NoiseScheduler {
    @Override
    public int trainingSteps() {
        return config.trainingSteps();
    }

    @Override
    public Denoising start(int steps, double strength) {
        double[] times =
                config.spacing().timesteps(steps, config.trainingSteps(), config.stepsOffset());
        return new Loop(config, Sigmas.at(times, config).from(strength));
    }

    private record Loop(SchedulerConfig config, Sigmas sigmas) implements Denoising {
        @Override
        public int steps() {
            return sigmas.steps();
        }

        @Override
        public double timestep(int step) {
            return sigmas.times()[step];
        }

        @Override
        public double initialScale() {
            double sigma = noise(0);
            return config.spacing() == TimestepSpacing.LEADING
                    ? Math.sqrt(sigma * sigma + 1)
                    : sigma;
        }

        @Override
        public double inputScale(int step) {
            double sigma = noise(step);
            return 1 / Math.sqrt(sigma * sigma + 1);
        }

        @Override
        public double signal(int step) {
            return 1;
        }

        @Override
        public double noise(int step) {
            return sigmas.values()[step];
        }

        @Override
        public void step(int step, float[] latents, float[] prediction, NoiseSource random) {
            double sigma = noise(step);
            double target = noise(step + 1);
            double fresh =
                    config.kind() == SchedulerConfig.Kind.EULER_ANCESTRAL
                            ? target * Math.sqrt(1 - target * target / (sigma * sigma))
                            : 0;
            double down = Math.sqrt(target * target - fresh * fresh);
            double signal = inputScale(step); // signal and noise at unit variance
            double noise = sigma * signal;
            for (int i = 0; i < latents.length; i++) {
                double scaled = latents[i] * signal;
                double clean = config.prediction().clean(scaled, prediction[i], signal, noise);
                double slope = (latents[i] - clean) / sigma;
                double added = fresh == 0 ? 0 : fresh * random.next();
                latents[i] = (float) (latents[i] + slope * (down - sigma) + added);
            }
        }
    }
}
