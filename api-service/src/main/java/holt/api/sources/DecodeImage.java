package holt.api.sources;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** From a foreign file to a plain PNG. Of an animation, the first picture. */
final class DecodeImage {
    private static final int LONGEST_SIDE = 8192;
    private static final int MOST_PIXELS = 1 << 24;

    /** Hardly compressed: it is read once, a moment later. */
    private static final float QUICKLY = 0.9f;

    private DecodeImage() {}

    /**
     * @param file a whole PNG, JPEG or GIF
     * @throws RefusedSourceException when it is none, is damaged or cut off, or has too many pixels
     */
    static SourceImage decode(byte[] file) throws RefusedSourceException {
        ImageFormat format = ImageFormat.of(file);
        BufferedImage image =
                switch (format) {
                    case PNG -> PlainPixels.of(read(format, PngFile.essential(file)));
                    case JPEG -> {
                        JpegFile jpeg = JpegFile.scan(file);
                        yield jpeg.orientation().apply(PlainPixels.of(read(format, file)));
                    }
                    case GIF -> PlainPixels.of(read(format, file));
                };
        return new SourceImage(png(image), image.getWidth(), image.getHeight());
    }

    /** Before a pixel is decoded. */
    private static void checkSize(long width, long height) throws RefusedSourceException {
        if (width < 1
                || height < 1
                || width > LONGEST_SIDE
                || height > LONGEST_SIDE
                || width * height > MOST_PIXELS) {
            throw RefusedSourceException.image(
                    width
                            + " x "
                            + height
                            + " pixels; a picture may have 1 to "
                            + LONGEST_SIDE
                            + " a side and "
                            + MOST_PIXELS
                            + " in all");
        }
    }

    private static BufferedImage read(ImageFormat format, byte[] file)
            throws RefusedSourceException {
        ImageReader reader = format.reader();
        List<String> warnings = new ArrayList<>();
        BufferedImage image;
        try (var input = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.addIIOReadWarningListener((_, warning) -> warnings.add(warning));
            reader.setInput(input, false, true);
            checkSize(reader.getWidth(0), reader.getHeight(0));
            image = reader.read(0);
        } catch (IOException | RuntimeException e) {
            // Readers meet damaged bytes with exceptions of any kind.
            throw damaged();
        } finally {
            reader.dispose();
        }
        if (warnings.stream().anyMatch(DecodeImage::tellsOfDamage)) {
            throw damaged();
        }
        return image;
    }

    /** What libjpeg says where it makes up pixels that are not in the file. Stray bytes between markers are harmless. */
    private static boolean tellsOfDamage(String warning) {
        String said = warning.toLowerCase(Locale.ROOT);
        return said.contains("truncated")
                || said.contains("premature")
                || (said.contains("corrupt") && !said.contains("extraneous"));
    }

    private static RefusedSourceException damaged() {
        return RefusedSourceException.image("damaged, or of a kind that cannot be read");
    }

    private static byte[] png(BufferedImage image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        var png = new ByteArrayOutputStream();
        try (var output = new MemoryCacheImageOutputStream(png)) {
            writer.setOutput(output);
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(QUICKLY);
            writer.write(null, new IIOImage(image, null, null), how);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        } finally {
            writer.dispose();
        }
        return png.toByteArray();
    }
}
