package holt.engine.diffusion.noise;

import java.util.Arrays;

/** DPM-Solver++, multistep, order 1 or 2 (Lu et al. 2022). The latents keep unit variance. */
record DpmSolverScheduler(SchedulerConfig config) implements NoiseScheduler {
    private static final int FEW_STEPS = 15; // below, the last step is of order 1

    @Override
    public int trainingSteps() {
        return config.trainingSteps();
    }

    @Override
    public Denoising start(int steps, double strength) {
        // The other spacings count the end as a timestep.
        int points = config.spacing() == TimestepSpacing.TRAILING ? steps : steps + 1;
        double[] times =
                Arrays.copyOf(
                        config.spacing()
                                .wholeTimesteps(
                                        points, config.trainingSteps(), config.stepsOffset()),
                        steps);
        return new Loop(config, Sigmas.at(times, config).from(strength), steps < FEW_STEPS);
    }

    private static final class Loop implements Denoising {
        private final SchedulerConfig config;
        private final Sigmas sigmas;
        private final boolean few;
        private float[] before = {}; // the clean picture predicted by the previous step

        Loop(SchedulerConfig config, Sigmas sigmas, boolean few) {
            this.config = config;
            this.sigmas = sigmas;
            this.few = few;
        }

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
            return 1;
        }

        @Override
        public double inputScale(int step) {
            return 1;
        }

        @Override
        public double signal(int step) {
            double sigma = sigmas.values()[step];
            return 1 / Math.sqrt(sigma * sigma + 1);
        }

        @Override
        public double noise(int step) {
            return sigmas.values()[step] * signal(step);
        }

        @Override
        public void step(int step, float[] latents, float[] prediction, NoiseSource random) {
            float[] clean = new float[latents.length];
            for (int i = 0; i < clean.length; i++) {
                clean[i] =
                        (float)
                                config.prediction()
                                        .clean(
                                                latents[i],
                                                prediction[i],
                                                signal(step),
                                                noise(step));
            }
            double h = lambda(step + 1) - lambda(step);
            double keep = noise(step + 1) / noise(step);
            double gain = -signal(step + 1) * Math.expm1(-h);
            boolean second =
                    before.length > 0 && config.solver().order() == 2 && !isFirstOrder(step);
            double slopeGain = second ? slopeGain(step, h, gain) : 0;
            for (int i = 0; i < latents.length; i++) {
                double slope = second ? clean[i] - before[i] : 0;
                latents[i] = (float) (keep * latents[i] + gain * clean[i] + slopeGain * slope);
            }
            before = clean;
        }

        /** The factor of the difference to the previous step's clean picture. */
        private double slopeGain(int step, double h, double gain) {
            double ratio = (lambda(step) - lambda(step - 1)) / h;
            double midpoint = 0.5 * gain;
            double heun = signal(step + 1) * (Math.expm1(-h) / h + 1);
            return (config.solver().heun() ? heun : midpoint) / ratio;
        }

        private boolean isFirstOrder(int step) {
            SchedulerConfig.Solver solver = config.solver();
            return step == steps() - 1
                    && (solver.eulerAtFinal()
                            || solver.lowerOrderFinal() && few
                            || config.finalSigmaZero());
        }

        /** Half the log signal-to-noise ratio; infinite without noise. */
        private double lambda(int step) {
            return -Math.log(sigmas.values()[step]);
        }
    }
}
