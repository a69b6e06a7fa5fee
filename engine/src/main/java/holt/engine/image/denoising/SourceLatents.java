package holt.engine.image.denoising;

import holt.engine.diffusion.noise.Denoising;

/**
 * The latents of an edit's source, and what the denoising loop does with them.
 *
 * @param latents [channels, height, width] of unit variance; empty without a source
 * @param starts whether the loop starts from the source plus noise, and not from noise alone
 * @param mayChange [height, width]: whether the position may change; empty = all may
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SourceLatents(float[] latents, boolean starts, boolean[] mayChange) {
    /** For a picture without a source. */
    public static final SourceLatents NONE = new SourceLatents(new float[0], false, new boolean[0]);

    /** The latents before the first step. */
    float[] start(Denoising denoising, float[] noise) {
        double signal = starts ? denoising.signal(0) : 0;
        double scale = starts ? denoising.noise(0) : denoising.initialScale();
        float[] start = new float[noise.length];
        for (int i = 0; i < start.length; i++) {
            start[i] = (float) (scale * noise[i] + (starts ? signal * latents[i] : 0));
        }
        return start;
    }

    /** Puts the source, with the noise of this step, back where nothing may change. */
    void restore(Denoising denoising, int step, float[] current, float[] noise) {
        if (mayChange.length == 0) {
            return;
        }
        double signal = denoising.signal(step);
        double scale = denoising.noise(step);
        for (int i = 0; i < current.length; i++) {
            if (!mayChange[i % mayChange.length]) {
                current[i] = (float) (signal * latents[i] + scale * noise[i]);
            }
        }
    }
}
