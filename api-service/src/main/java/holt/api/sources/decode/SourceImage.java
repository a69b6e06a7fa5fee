package holt.api.sources.decode;

/**
 * A client's picture, decoded and encoded again.
 *
 * @param png 8 bits a channel, RGB or RGBA, without the original's ancillary chunks
 * @param width in pixels
 * @param height in pixels
 */
public record SourceImage(byte[] png, int width, int height) {
    /** The largest file that is fetched or decoded. */
    public static final int MAX_FILE_BYTES = 20 << 20;
}
