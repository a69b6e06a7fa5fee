package holt.engine.image;

import holt.engine.diffusion.Question;
import holt.engine.diffusion.noise.Denoising;
import java.util.List;

/** One picture on its way. Owned by the engine's thread. */
final class DenoisingRun {
    private final Denoising loop;
    private final Denoising.NoiseSource random;
    private final ClassifierFreeGuidance guide;
    private final Original original;
    private final float[] firstNoise;
    private final float[] latents;
    private int step;

    /** @param size numbers of the latents */
    DenoisingRun(
            Denoising loop,
            Denoising.NoiseSource random,
            ClassifierFreeGuidance guide,
            Original original,
            int size) {
        this.loop = loop;
        this.random = random;
        this.guide = guide;
        this.original = original;
        this.firstNoise = new float[size];
        for (int i = 0; i < size; i++) {
            firstNoise[i] = (float) random.next();
        }
        this.latents = original.start(loop, firstNoise);
    }

    List<Question> questions() {
        double scale = loop.inputScale(step);
        float[] seen = latents;
        if (scale != 1) {
            seen = latents.clone();
            for (int i = 0; i < seen.length; i++) {
                seen[i] *= (float) scale;
            }
        }
        return guide.questions(seen, loop.timestep(step));
    }

    void advance(List<float[]> answers) {
        loop.step(step, latents, guide.combined(answers), random);
        step++;
        original.keep(loop, step, latents, firstNoise);
    }

    boolean complete() {
        return step == loop.steps();
    }

    int steps() {
        return loop.steps();
    }

    int stepsDone() {
        return step;
    }

    float[] latents() {
        return latents;
    }
}
