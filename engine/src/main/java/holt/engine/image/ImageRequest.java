package holt.engine.image;

import org.jspecify.annotations.Nullable;

/**
 * Pictures to make.
 *
 * @param id unique among the requests that the engine holds
 * @param against what the pictures should not show; may be empty
 * @param width pixels, like the height a multiple of {@link ImageModelInfo#sizeStep}
 * @param count how many pictures
 * @param steps of a whole denoising loop
 * @param guidance how strongly the prompt counts; 1 and less = as it comes, at half the work
 * @param seed the same one gives the same pictures on the same device; picture i has the seed {@code seed + i}; null = any
 * @param edit null = from noise alone
 * @param priority lower runs first, then the order of arrival
 */
public record ImageRequest(
        String id,
        String prompt,
        String against,
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
            throw new IllegalArgumentException("guidance must be at least 0: " + guidance);
        }
    }
}
