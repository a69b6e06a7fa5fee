package holt.api.sources.decode;

import java.awt.AlphaComposite;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Converts a decoded image to 8 bits of red, green and blue, and of alpha if it has any. */
final class ConvertToRgb {
    private ConvertToRgb() {}

    static BufferedImage of(BufferedImage image) {
        boolean alpha = image.getColorModel().hasAlpha();
        var plain =
                new BufferedImage(
                        image.getWidth(),
                        image.getHeight(),
                        alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        if (isGray(image)) {
            copyGray(image.getRaster(), alpha, plain);
        } else {
            Graphics2D to = plain.createGraphics();
            to.setComposite(AlphaComposite.Src);
            to.drawImage(image, 0, 0, null);
            to.dispose();
        }
        return plain;
    }

    private static boolean isGray(BufferedImage image) {
        return image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY
                && !(image.getColorModel() instanceof IndexColorModel);
    }

    /** Java reads some gray values as linear light and would brighten them, but files mean sRGB. */
    private static void copyGray(Raster from, boolean alpha, BufferedImage to) {
        int width = from.getWidth();
        int[] grays = new int[width];
        int[] alphas = new int[width];
        int[] row = new int[width];
        int most = (1 << from.getSampleModel().getSampleSize(0)) - 1;
        for (int y = 0; y < from.getHeight(); y++) {
            from.getSamples(0, y, width, 1, 0, grays);
            if (alpha) {
                from.getSamples(0, y, width, 1, 1, alphas);
            }
            for (int x = 0; x < width; x++) {
                int gray = toByte(grays[x], most);
                int opaque = alpha ? toByte(alphas[x], most) : 255;
                row[x] = (opaque << 24) | (gray << 16) | (gray << 8) | gray;
            }
            to.setRGB(0, y, width, 1, row, 0, width);
        }
    }

    private static int toByte(int value, int most) {
        return (value * 255 + most / 2) / most;
    }
}
