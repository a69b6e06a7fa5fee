package holt.engine.image;

import holt.engine.image.picture.Mask;
import holt.engine.image.picture.Picture;
import org.jspecify.annotations.Nullable;

/**
 * The source of an edit.
 *
 * @param source of any size; the engine resizes it to the requested size
 * @param mask the part that may change, of any size; null = all of it
 * @param strength how much may change, above 0 up to 1; InstructPix2Pix models ignore it
 * @param sourceGuidance image guidance scale of InstructPix2Pix models; 1 = none
 */
public record Edit(Picture source, @Nullable Mask mask, double strength, double sourceGuidance) {
    public Edit {
        if (!(strength > 0 && strength <= 1)) {
            throw new IllegalArgumentException(
                    "strength must be above 0 and at most 1, not " + strength);
        }
        if (!Double.isFinite(sourceGuidance) || sourceGuidance < 0) {
            throw new IllegalArgumentException(
                    "sourceGuidance must be at least 0, not " + sourceGuidance);
        }
    }
}
