package holt.engine.image;

import org.jspecify.annotations.Nullable;

/**
 * A picture to start from.
 *
 * @param source brought to the size that is asked for
 * @param mask the part to be made new, of any size; null = all of it
 * @param strength how much may change, above 0 up to 1; not used by models that edit by instruction
 * @param sourceGuidance how closely a model that edits by instruction keeps to the source; 1 = as it comes
 */
public record Edit(Picture source, @Nullable Mask mask, double strength, double sourceGuidance) {
    public Edit {
        if (!(strength > 0 && strength <= 1)) {
            throw new IllegalArgumentException("strength must be above 0, at most 1: " + strength);
        }
        if (!Double.isFinite(sourceGuidance) || sourceGuidance < 0) {
            throw new IllegalArgumentException(
                    "sourceGuidance must be at least 0: " + sourceGuidance);
        }
    }
}
