package holt.engine.diffusion;

/** The size of latents. */
public record LatentSize(int height, int width) {
    /** The number of positions. */
    public int positions() {
        return height * width;
    }
}
