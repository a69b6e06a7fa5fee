package holt.worker.models;

import holt.engine.image.picture.Mask;
import holt.engine.image.picture.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Reads picture files. It trusts the PNG files that the API wrote, and not those of an engine outside this process. */
final class DecodePicture {
    private static final long MOST_PIXELS = 36_000_000;

    private DecodePicture() {}

    /** A picture of an engine outside this process. */
    static Picture foreign(byte[] file) {
        try (ImageInputStream in =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IllegalArgumentException("neither PNG nor JPEG");
            }
            ImageReader reader = readers.next();
            reader.setInput(in);
            boolean small = (long) reader.getWidth(0) * reader.getHeight(0) <= MOST_PIXELS;
            reader.dispose();
            if (!small) {
                throw new IllegalArgumentException("too many pixels");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the picture could not be decoded", e);
        }
        return picture(file);
    }

    /** Puts transparent pixels on white. */
    static Picture picture(byte[] png) {
        BufferedImage image = read(png);
        int[] pixels = argb(image);
        var rgb = new byte[3 * pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            int alpha = pixels[i] >>> 24;
            for (int colour = 0; colour < 3; colour++) {
                int value = (pixels[i] >> (16 - 8 * colour)) & 0xff;
                rgb[3 * i + colour] = (byte) ((value * alpha + 255 * (255 - alpha) + 127) / 255);
            }
        }
        return new Picture(image.getWidth(), image.getHeight(), rgb);
    }

    /** Wholly transparent pixels are the ones to renew. */
    static Mask mask(byte[] png) {
        BufferedImage image = read(png);
        int[] pixels = argb(image);
        var renewed = new boolean[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            renewed[i] = (pixels[i] >>> 24) == 0;
        }
        return new Mask(image.getWidth(), image.getHeight(), renewed);
    }

    private static int[] argb(BufferedImage image) {
        int width = image.getWidth();
        return image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
    }

    private static BufferedImage read(byte[] png) {
        try {
            BufferedImage image =
                    ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(png)));
            if (image == null) {
                throw new IllegalArgumentException("not a PNG");
            }
            return image;
        } catch (IOException e) {
            throw new UncheckedIOException("the picture could not be decoded", e);
        }
    }
}
