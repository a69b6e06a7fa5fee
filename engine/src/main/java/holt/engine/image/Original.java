package holt.engine.image;

import holt.engine.diffusion.noise.Denoising;

/**
 * The part that the latents of an edited picture have in a loop.
 *
 * @param latents of the source, of unit variance; empty without one
 * @param starts whether the loop starts from the source with noise, and not from noise alone
 * @param renewed per position whether it may change; empty if all of it may
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record Original(float[] latents, boolean starts, boolean[] renewed) {
    /** A picture from noise alone. */
    static final Original NONE = new Original(new float[0], false, new boolean[0]);

    float[] start(Denoising loop, float[] noise) {
        double signal = starts ? loop.signal(0) : 0;
        double scale = starts ? loop.noise(0) : loop.initialScale();
        float[] start = new float[noise.length];
        for (int i = 0; i < start.length; i++) {
            start[i] = (float) (scale * noise[i] + (starts ? signal * latents[i] : 0));
        }
        return start;
    }

    /** Puts the source back where it is not to change, with as much noise as the loop has at this step. */
    void keep(Denoising loop, int step, float[] current, float[] noise) {
        if (renewed.length == 0) {
            return;
        }
        double signal = loop.signal(step);
        double scale = loop.noise(step);
        for (int i = 0; i < current.length; i++) {
            if (!renewed[i % renewed.length]) {
                current[i] = (float) (signal * latents[i] + scale * noise[i]);
            }
        }
    }
}
