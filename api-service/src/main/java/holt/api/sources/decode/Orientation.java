package holt.api.sources.decode;

import java.awt.image.BufferedImage;

/**
 * How the camera was held: the values of EXIF's tag 274, in order.
 *
 * @see <a href="https://www.cipa.jp/std/documents/e/DC-008-Translation-2019-E.pdf">EXIF 2.32, 4.6.4</a>
 */
enum Orientation {
    UPRIGHT,
    MIRRORED,
    UPSIDE_DOWN,
    UPSIDE_DOWN_MIRRORED,
    TRANSPOSED,
    TURN_RIGHT,
    TRANSVERSE,
    TURN_LEFT;

    /** @param tag from 1 to 8; any other value counts as upright */
    static Orientation of(int tag) {
        return tag >= 1 && tag <= values().length ? values()[tag - 1] : UPRIGHT;
    }

    /** Turns the picture upright. */
    BufferedImage apply(BufferedImage image) {
        if (this == UPRIGHT) {
            return image;
        }
        boolean onItsSide = compareTo(TRANSPOSED) >= 0;
        int lastX = image.getWidth() - 1;
        int lastY = image.getHeight() - 1;
        int width = onItsSide ? lastY + 1 : lastX + 1;
        int height = onItsSide ? lastX + 1 : lastY + 1;
        var seen = new BufferedImage(width, height, image.getType());
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                seen.setRGB(
                        x,
                        y,
                        switch (this) {
                            case UPRIGHT -> image.getRGB(x, y);
                            case MIRRORED -> image.getRGB(lastX - x, y);
                            case UPSIDE_DOWN -> image.getRGB(lastX - x, lastY - y);
                            case UPSIDE_DOWN_MIRRORED -> image.getRGB(x, lastY - y);
                            case TRANSPOSED -> image.getRGB(y, x);
                            case TURN_RIGHT -> image.getRGB(y, lastY - x);
                            case TRANSVERSE -> image.getRGB(lastX - y, lastY - x);
                            case TURN_LEFT -> image.getRGB(lastX - y, x);
                        });
            }
        }
        return seen;
    }
}
