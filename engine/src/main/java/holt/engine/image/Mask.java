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

    /**
     * A picture as it was made, with the source's own pixels outside of this mask.
     *
     * @param source of the size of the picture
     */
    public Picture keepingOutside(Picture source, Picture made) {
        boolean[] mayChange = resized(made.width(), made.height()).renewed;
        byte[] rgb = source.rgb().clone();
        for (int i = 0; i < mayChange.length; i++) {
            if (mayChange[i]) {
                System.arraycopy(made.rgb(), 3 * i, rgb, 3 * i, 3);
            }
        }
        return new Picture(made.width(), made.height(), rgb);
    }
}
