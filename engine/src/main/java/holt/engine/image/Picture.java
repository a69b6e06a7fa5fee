package holt.engine.image;

/**
 * A picture without transparency.
 *
 * @param rgb three bytes a pixel, row by row
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
public record Picture(int width, int height, byte[] rgb) {
    public Picture {
        if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
            throw new IllegalArgumentException(
                    "%d bytes are not a picture of %d x %d".formatted(rgb.length, width, height));
        }
    }
}
