package holt.engine.image;

import holt.engine.diffusion.ModelInputs;

/**
 * What was loaded.
 *
 * @param name the folder's name
 * @param pipeline as model_index.json names it
 * @param inputs what kind of edits it was made for; all kinds also make pictures from noise
 * @param side pixels of the pictures that it was trained with, along a side
 * @param sizeStep widths and heights are multiples of it
 * @param maxPixels of a picture
 * @param maxSteps of a denoising loop
 * @param defaults where neither the client nor the settings say
 * @param dtype {@code fp32} or {@code bf16}
 * @param device {@code cpu} or {@code cuda:N}
 */
public record ImageModelInfo(
        String name,
        String pipeline,
        long parameters,
        ModelInputs inputs,
        int side,
        int sizeStep,
        long maxPixels,
        int maxSteps,
        ImageDefaults defaults,
        String dtype,
        String device) {

    /** A model whose pictures are this small knows what it draws in that size only. */
    private static final int SMALL_SIDE = 128;

    /** Up to how many pixels it can be asked for something that one can make out. */
    public long usefulPixels() {
        return side > SMALL_SIDE ? maxPixels : Math.min(maxPixels, (long) side * side);
    }
}
