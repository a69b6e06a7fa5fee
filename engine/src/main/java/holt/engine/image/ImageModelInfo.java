package holt.engine.image;

import holt.engine.diffusion.ModelInputs;

/**
 * Describes a loaded image model.
 *
 * @param name the folder's name
 * @param pipeline as model_index.json names it
 * @param inputs the kind of edits that it was trained for; every model can also start from noise
 * @param side the side length of its training pictures, in pixels
 * @param sizeStep widths and heights are multiples of it
 * @param maxPixels the most pixels of a picture
 * @param maxSteps the most steps of a denoising loop
 * @param defaults used if neither the client nor the settings name a value
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

    /** A model trained on pictures this small gives nothing recognisable in other sizes. */
    private static final int SMALL_SIDE = 128;

    /** The most pixels of a picture that shows something recognisable. */
    public long usefulPixels() {
        return side > SMALL_SIDE ? maxPixels : Math.min(maxPixels, (long) side * side);
    }
}
