package holt.worker.remote;

import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import holt.store.PictureKeys;
import holt.worker.TestJobs;
import holt.worker.models.PictureFiles;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Small pictures for tests. */
public final class TestPictures {
    private TestPictures() {}

    /** For engines whose sources and pictures do not matter. */
    public static PictureFiles files() {
        return new PictureFiles(
                new ClaimCheck(new InMemoryObjectStore(), () -> TestJobs.NOW),
                new PictureKeys(() -> TestJobs.NOW));
    }

    /** A blue PNG, whose left columns are transparent. */
    public static byte[] png(int width, int height, int transparent) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, x < transparent ? 0 : 0xff0000ff);
            }
        }
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A PNG with that text beside its pixels. */
    public static byte[] saying(int width, int height, String key, String text) {
        byte[] png = png(width, height, 0);
        byte[] data = (key + "\0" + text).getBytes(StandardCharsets.ISO_8859_1);
        var crc = new CRC32();
        var chunk = ByteBuffer.allocate(data.length + 12);
        chunk.putInt(data.length).put("tEXt".getBytes(StandardCharsets.ISO_8859_1)).put(data);
        crc.update(chunk.array(), 4, data.length + 4);
        chunk.putInt((int) crc.getValue());
        // After the signature and the header.
        int at = 8 + 25;
        return ByteBuffer.allocate(png.length + chunk.capacity())
                .put(png, 0, at)
                .put(chunk.array())
                .put(png, at, png.length - at)
                .array();
    }

    public static String base64(int width, int height) {
        return Base64.getEncoder().encodeToString(png(width, height, 0));
    }

    public static BufferedImage read(byte[] file) {
        try {
            return ImageIO.read(new ByteArrayInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
