package holt.api.sources.decode;

import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/** The format of a file, by its first bytes. */
enum ImageFormat {
    PNG,
    JPEG,
    GIF;

    static ImageFormat of(byte[] bytes) throws InvalidImageException {
        // ISO 8859-1 has one character for each byte.
        String start = new String(bytes, 0, Math.min(8, bytes.length), StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u0089PNG\r\n\u001a\n")) {
            return PNG;
        } else if (start.startsWith("\u00ff\u00d8\u00ff")) {
            return JPEG;
        } else if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
            return GIF;
        }
        throw new InvalidImageException("must be a PNG, JPEG or GIF");
    }

    ImageReader reader() {
        return ImageIO.getImageReadersByFormatName(name()).next();
    }
}
