package holt.system.rig.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import javax.imageio.ImageIO;

/** Makes the pictures that tests send, and looks at those that come back. */
public final class Pictures {
    private static final int BLUE = 0xff0000ff;

    private Pictures() {}

    /**
     * A PNG, blue on the left and transparent on the right.
     *
     * @param blue how many of its columns are blue
     */
    public static byte[] blue(int width, int height, int blue) throws IOException {
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < blue; x++) {
                picture.setRGB(x, y, BLUE);
            }
        }
        var file = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", file);
        return file.toByteArray();
    }

    /** Fetches a PNG. */
    public static BufferedImage fetch(URI url) throws IOException {
        try (InputStream in = url.toURL().openStream()) {
            return png(in.readAllBytes());
        }
    }

    /** Reads a file that must be a PNG. */
    public static BufferedImage png(byte[] file) throws IOException {
        assertThat(file).startsWith(0x89, 'P', 'N', 'G');
        return decode(file);
    }

    public static BufferedImage decode(byte[] file) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(file));
    }

    /** Such as {@code 101x67}. */
    public static String size(BufferedImage picture) {
        return picture.getWidth() + "x" + picture.getHeight();
    }

    /**
     * Counts the pixels that are not blue.
     *
     * @param from the first column
     * @param to the column after the last
     */
    public static int notBlue(BufferedImage picture, int from, int to) {
        int count = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = from; x < to; x++) {
                count += picture.getRGB(x, y) == BLUE ? 0 : 1;
            }
        }
        return count;
    }
}
