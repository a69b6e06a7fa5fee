package holt.engine.diffusion.noise;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** Pseudo numerical methods, linear multistep without Runge-Kutta steps (Liu et al. 2022, "PLMS"). */
record PndmScheduler(SchedulerConfig config) implements NoiseScheduler {
    @Override
    public int trainingSteps() {
        return config.trainingSteps();
    }

    @Override
    public Denoising start(int steps, double strength) {
        double[] times =
                SkipSteps.remaining(
                        config.spacing()
                                .wholeTimesteps(
                                        steps, config.trainingSteps(), config.stepsOffset()),
                        strength);
        return new Loop(config, withSecondTwice(times), config.trainingSteps() / steps);
    }

    /** Repeats the second timestep. The first step is done again with the mean of two predictions. */
    private static double[] withSecondTwice(double[] times) {
        if (times.length == 1) {
            return times;
        }
        double[] visited = new double[times.length + 1];
        System.arraycopy(times, 0, visited, 0, 2);
        System.arraycopy(times, 1, visited, 2, times.length - 1);
        return visited;
    }

    private static final class Loop extends VariancePreservingDenoising {
        private static final double[][] WEIGHTS = {
            {1},
            {3 / 2., -1 / 2.},
            {23 / 12., -16 / 12., 5 / 12.},
            {55 / 24., -59 / 24., 37 / 24., -9 / 24.}
        };

        private final SchedulerConfig config;
        private final Deque<float[]> predictions = new ArrayDeque<>(); // newest first
        private float[] first = {}; // the latents before the first step

        Loop(SchedulerConfig config, double[] times, int stride) {
            super(config, times, stride);
            this.config = config;
        }

        @Override
        public void step(int step, float[] latents, float[] prediction, NoiseSource random) {
            if (step == 1) {
                float[] earlier = predictions.getFirst();
                for (int i = 0; i < latents.length; i++) {
                    latents[i] = first[i];
                    prediction[i] = (prediction[i] + earlier[i]) / 2;
                }
                move(timestep(1) + stride(), latents, prediction);
                return;
            }
            if (step == 0) {
                first = latents.clone();
            }
            predictions.addFirst(prediction.clone());
            if (predictions.size() > WEIGHTS.length) {
                predictions.removeLast();
            }
            move(timestep(step), latents, mixed());
        }

        private float[] mixed() {
            double[] weights = WEIGHTS[predictions.size() - 1];
            float[] sum = new float[predictions.getFirst().length];
            Iterator<float[]> each = predictions.iterator();
            for (double weight : weights) {
                float[] prediction = each.next();
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += (float) (weight * prediction[i]);
                }
            }
            return sum;
        }

        /** Formula 9 of the paper. */
        private void move(double from, float[] latents, float[] prediction) {
            double alpha = alpha(from);
            double next = alpha(from - stride());
            double scale = Math.sqrt(next / alpha);
            double divisor = alpha * Math.sqrt(1 - next) + Math.sqrt(alpha * (1 - alpha) * next);
            for (int i = 0; i < latents.length; i++) {
                double epsilon =
                        config.prediction()
                                .noise(
                                        latents[i],
                                        prediction[i],
                                        Math.sqrt(alpha),
                                        Math.sqrt(1 - alpha));
                latents[i] = (float) (scale * latents[i] - (next - alpha) * epsilon / divisor);
            }
        }
    }
}
