package holt.api.sources.decode;

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

/** Decodes a client's file and encodes it as a plain PNG. Takes the first picture of an animation. */
public final class DecodeImage {
    private static final int LONGEST_SIDE = 8192;
    private static final int MOST_PIXELS = 1 << 24;

    /** Little compression, since a worker reads the PNG once, soon. */
    private static final float FAST = 0.9f;

    /** A JPEG that people cannot tell from the first one. */
    private static final float CLOSE = 0.92f;

    private DecodeImage() {}

    /**
     * @param file a whole PNG, JPEG or GIF
     * @throws InvalidImageException if the file is no picture, is damaged or truncated, or has too many pixels
     */
    public static SourceImage decode(byte[] file) throws InvalidImageException {
        BufferedImage image = image(ImageFormat.of(file), file);
        return new SourceImage(encode(image, "png", FAST), image.getWidth(), image.getHeight());
    }

    /**
     * The same, but a JPEG becomes a JPEG again. So a photo does not grow.
     *
     * @throws InvalidImageException as {@link #decode}
     */
    public static EncodedImage encodeAnew(byte[] file) throws InvalidImageException {
        ImageFormat format = ImageFormat.of(file);
        BufferedImage image = image(format, file);
        return switch (format) {
            case JPEG -> new EncodedImage("image/jpeg", encode(image, "jpeg", CLOSE));
            case PNG, GIF -> new EncodedImage("image/png", encode(image, "png", FAST));
        };
    }

    private static BufferedImage image(ImageFormat format, byte[] file)
            throws InvalidImageException {
        return switch (format) {
            case PNG -> ConvertToRgb.of(read(format, PngFile.essential(file)));
            case JPEG -> {
                JpegFile jpeg = JpegFile.scan(file);
                yield jpeg.orientation().apply(ConvertToRgb.of(read(format, file)));
            }
            case GIF -> ConvertToRgb.of(read(format, file));
        };
    }

    /** Call before a pixel is decoded. */
    private static void checkSize(long width, long height) throws InvalidImageException {
        if (width < 1
                || height < 1
                || width > LONGEST_SIDE
                || height > LONGEST_SIDE
                || width * height > MOST_PIXELS) {
            throw new InvalidImageException(
                    "has "
                            + width
                            + " x "
                            + height
                            + " pixels; the limits are "
                            + LONGEST_SIDE
                            + " a side and "
                            + MOST_PIXELS
                            + " in all");
        }
    }

    private static BufferedImage read(ImageFormat format, byte[] file)
            throws InvalidImageException {
        ImageReader reader = format.reader();
        List<String> warnings = new ArrayList<>();
        BufferedImage image;
        try (var input = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.addIIOReadWarningListener((_, warning) -> warnings.add(warning));
            reader.setInput(input, false, true);
            checkSize(reader.getWidth(0), reader.getHeight(0));
            image = reader.read(0);
        } catch (IOException | RuntimeException e) {
            // Java's readers throw any exception on damaged bytes.
            throw damaged();
        } finally {
            reader.dispose();
        }
        if (warnings.stream().anyMatch(DecodeImage::isDamage)) {
            throw damaged();
        }
        return image;
    }

    /** Recognises libjpeg's warnings about pixels that it makes up. Stray bytes between markers are harmless. */
    private static boolean isDamage(String warning) {
        String text = warning.toLowerCase(Locale.ROOT);
        return text.contains("truncated")
                || text.contains("premature")
                || (text.contains("corrupt") && !text.contains("extraneous"));
    }

    private static InvalidImageException damaged() {
        return new InvalidImageException("is damaged, or of a kind that cannot be read");
    }

    private static byte[] encode(BufferedImage image, String format, float quality) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        var file = new ByteArrayOutputStream();
        try (var output = new MemoryCacheImageOutputStream(file)) {
            writer.setOutput(output);
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(quality);
            writer.write(null, new IIOImage(image, null, null), how);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }
}
