package holt.engine.image.picture;

/**
 * A picture without transparency.
 *
 * @param rgb three bytes per pixel, row by row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Picture(int width, int height, byte[] rgb) {
    public Picture {
        if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
            throw new IllegalArgumentException(
                    "a picture of %2$d x %3$d cannot have %1$d bytes"
                            .formatted(rgb.length, width, height));
        }
    }
}
