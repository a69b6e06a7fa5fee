package holt.engine.diffusion;

/** The height and width of latents. */
public record LatentSize(int height, int width) {
    /** height * width. */
    public int positions() {
        return height * width;
    }
}
