package holt.engine.image;

import holt.engine.RequestId;
import org.jspecify.annotations.Nullable;

/**
 * Pictures to generate.
 *
 * @param id unique among the requests that the engine holds
 * @param negativePrompt what the pictures should not show; may be empty
 * @param width in pixels; width and height are multiples of {@link ImageModelInfo#sizeStep}
 * @param height in pixels
 * @param count the number of pictures
 * @param steps of a whole denoising loop
 * @param guidance scale of classifier-free guidance; 1 or less = no guidance, with half the work
 * @param seed repeats pictures on the same device; picture i has the seed {@code seed + i}; null = a random one
 * @param edit the source of an edit; null = from noise alone
 * @param priority lower runs first, then the order of arrival
 */
public record ImageRequest(
        RequestId id,
        String prompt,
        String negativePrompt,
        int width,
        int height,
        int count,
        int steps,
        double guidance,
        @Nullable Long seed,
        @Nullable Edit edit,
        int priority) {
    public ImageRequest {
        if (width < 1 || height < 1 || count < 1 || steps < 1) {
            throw new IllegalArgumentException("width, height, count and steps must be at least 1");
        }
        if (!Double.isFinite(guidance) || guidance < 0) {
            throw new IllegalArgumentException("guidance must be at least 0, not " + guidance);
        }
    }
}
