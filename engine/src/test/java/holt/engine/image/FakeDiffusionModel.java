package holt.engine.image;

import holt.engine.diffusion.Conditioning;
import holt.engine.diffusion.DiffusionFacts;
import holt.engine.diffusion.DiffusionModel;
import holt.engine.diffusion.LatentSize;
import holt.engine.diffusion.ModelInputs;
import holt.engine.diffusion.UnetInput;
import holt.engine.diffusion.noise.Denoising;
import holt.engine.diffusion.noise.NoiseScheduler;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One grey pixel a latent; each step needs a permit. */
final class FakeDiffusionModel implements DiffusionModel {
    final Semaphore permits = new Semaphore(0);
    final AtomicReference<@Nullable RuntimeException> nextFailure = new AtomicReference<>();
    final List<Integer> rows = new CopyOnWriteArrayList<>(); // of each step
    volatile float predictionError;
    volatile float pixelError;
    volatile boolean closed;

    @Override
    public DiffusionFacts facts() {
        return new DiffusionFacts("Fake", 0, ModelInputs.LATENTS, 3, 1, 4, 1, 0);
    }

    @Override
    public NoiseScheduler noiseScheduler() {
        return new NoiseScheduler() {
            @Override
            public Denoising start(int steps, double strength) {
                return new FakeDenoising(steps);
            }

            @Override
            public int trainingSteps() {
                return 100;
            }
        };
    }

    /** Adds what is predicted. */
    private record FakeDenoising(int steps) implements Denoising {
        @Override
        public double timestep(int step) {
            return steps - step;
        }

        @Override
        public double initialScale() {
            return 0;
        }

        @Override
        public double inputScale(int step) {
            return 1;
        }

        @Override
        public double signal(int step) {
            return 1;
        }

        @Override
        public double noise(int step) {
            return 0;
        }

        @Override
        public void step(int step, float[] latents, float[] prediction, NoiseSource random) {
            for (int i = 0; i < latents.length; i++) {
                latents[i] += prediction[i];
            }
        }
    }

    @Override
    public void useThisThread() {}

    @Override
    public Conditioning condition(String prompt) {
        return new Conditioning(new float[] {prompt.length()}, new float[0], prompt.length());
    }

    @Override
    public Conditioning conditionNegative(String prompt) {
        return condition(prompt);
    }

    @Override
    public float[] encode(float[] pixels, LatentSize size) {
        return pixels;
    }

    @Override
    public float[] decode(float[] latents, LatentSize size) {
        float[] pixels = latents.clone();
        pixels[0] += pixelError;
        return pixels;
    }

    /** A tenth of the prompt's length at each position. */
    @Override
    public List<float[]> predict(List<UnetInput> inputs, LatentSize size) {
        permits.acquireUninterruptibly();
        RuntimeException failure = nextFailure.getAndSet(null);
        if (failure != null) {
            throw failure;
        }
        rows.add(inputs.size());
        return inputs.stream()
                .map(input -> {
                    float[] prediction = new float[3 * size.positions()];
                    Arrays.fill(prediction, input.text().tokens()[0] / 10 + predictionError);
                    return prediction;
                })
                .toList();
    }

    @Override
    public long bytesPerRow(LatentSize size) {
        return size.positions();
    }

    @Override
    public void close() {
        closed = true;
    }
}
