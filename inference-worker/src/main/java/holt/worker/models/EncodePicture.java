package holt.worker.models;

import holt.engine.image.picture.Picture;
import holt.protocol.PictureFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes pictures as files. */
final class EncodePicture {
    private static final float JPEG_QUALITY = 0.92f;

    private EncodePicture() {}

    static byte[] as(PictureFormat format, Picture picture) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format.label()).next();
        ImageWriteParam options = writer.getDefaultWriteParam();
        if (format == PictureFormat.JPEG) {
            options.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            options.setCompressionQuality(JPEG_QUALITY);
        }
        var bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image(picture), null, null), options);
        } catch (IOException e) {
            throw new UncheckedIOException("the picture could not be encoded", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static BufferedImage image(Picture picture) {
        int width = picture.width();
        int height = picture.height();
        byte[] rgb = picture.rgb();
        var pixels = new int[width * height];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] =
                    ((rgb[3 * i] & 0xff) << 16)
                            | ((rgb[3 * i + 1] & 0xff) << 8)
                            | (rgb[3 * i + 2] & 0xff);
        }
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, pixels, 0, width);
        return image;
    }
}
