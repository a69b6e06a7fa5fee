package holt.engine.image.denoising;

import holt.engine.diffusion.UnetInput;
import holt.engine.diffusion.noise.Denoising;
import java.util.List;

/** The denoising of one picture. Only the engine's thread uses it. */
public final class DenoisingRun {
    private final Denoising denoising;
    private final Denoising.NoiseSource random;
    private final ClassifierFreeGuidance guidance;
    private final SourceLatents source;
    private final float[] firstNoise;
    private final float[] latents;
    private int step;

    /** @param length of the latents: channels * height * width */
    public DenoisingRun(
            Denoising denoising,
            Denoising.NoiseSource random,
            ClassifierFreeGuidance guidance,
            SourceLatents source,
            int length) {
        this.denoising = denoising;
        this.random = random;
        this.guidance = guidance;
        this.source = source;
        this.firstNoise = new float[length];
        for (int i = 0; i < length; i++) {
            firstNoise[i] = (float) random.next();
        }
        this.latents = source.start(denoising, firstNoise);
    }

    /** The UNet rows of the next step. */
    public List<UnetInput> unetInputs() {
        double scale = denoising.inputScale(step);
        float[] scaled = latents;
        if (scale != 1) {
            scaled = latents.clone();
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] *= (float) scale;
            }
        }
        return guidance.unetInputs(scaled, denoising.timestep(step));
    }

    /** @param predictions of the UNet for {@link #unetInputs}, in their order */
    public void advance(List<float[]> predictions) {
        denoising.step(step, latents, guidance.combine(predictions), random);
        step++;
        source.restore(denoising, step, latents, firstNoise);
    }

    public boolean isComplete() {
        return step == denoising.steps();
    }

    public int steps() {
        return denoising.steps();
    }

    public int stepsDone() {
        return step;
    }

    /** [channels, height, width], of unit variance once complete. */
    public float[] latents() {
        return latents;
    }
}
