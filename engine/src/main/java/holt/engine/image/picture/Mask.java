package holt.engine.image.picture;

/**
 * The part of a picture that may change.
 *
 * @param renewed whether a pixel may change, row by row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Mask(int width, int height, boolean[] renewed) {
    public Mask {
        if (width < 1 || height < 1 || renewed.length != (long) width * height) {
            throw new IllegalArgumentException(
                    "a mask of %2$d x %3$d cannot have %1$d pixels"
                            .formatted(renewed.length, width, height));
        }
    }

    /** The mask in another size, by nearest neighbour. */
    public Mask resized(int newWidth, int newHeight) {
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
     * The generated picture inside the mask and the source outside of it.
     *
     * @param source of the size of the generated picture
     */
    public Picture keepingOutside(Picture source, Picture generated) {
        boolean[] mayChange = resized(generated.width(), generated.height()).renewed;
        byte[] rgb = source.rgb().clone();
        for (int i = 0; i < mayChange.length; i++) {
            if (mayChange[i]) {
                System.arraycopy(generated.rgb(), 3 * i, rgb, 3 * i, 3);
            }
        }
        return new Picture(generated.width(), generated.height(), rgb);
    }
}
