package holt.engine.image;

/**
 * Which part of a picture is to be made new.
 *
 * @param renewed per pixel, row by row
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
public record Mask(int width, int height, boolean[] renewed) {
    public Mask {
        if (width < 1 || height < 1 || renewed.length != (long) width * height) {
            throw new IllegalArgumentException(
                    "%d pixels are not a mask of %d x %d".formatted(renewed.length, width, height));
        }
    }

    /** The same mask in another size; each pixel is what the nearest one was. */
    Mask resized(int newWidth, int newHeight) {
        boolean[] pixels = new boolean[newWidth * newHeight];
        for (int y = 0; y < newHeight; y++) {
            int row = (int) ((long) y * height / newHeight) * width;
            for (int x = 0; x < newWidth; x++) {
                pixels[y * newWidth + x] = renewed[row + (int) ((long) x * width / newWidth)];
            }
        }
        return new Mask(newWidth, newHeight, pixels);
    }
}
