package holt.api.sources.decode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Reduces a PNG to the chunks that make its pixels. Other chunks may inflate a thousandfold. */
final class PngFile {
    private static final int SIGNATURE = 8;

    /** Length, type and checksum. */
    private static final int FRAME = 12;

    private PngFile() {}

    /** @throws InvalidImageException if a chunk is damaged, or the last one is missing */
    static byte[] essential(byte[] png) throws InvalidImageException {
        var in = ByteBuffer.wrap(png);
        var essential = new ByteArrayOutputStream(png.length);
        essential.write(png, 0, SIGNATURE);
        int at = SIGNATURE;
        while (png.length - at >= FRAME) {
            int length = in.getInt(at);
            if (length < 0 || length > png.length - at - FRAME) {
                break;
            }
            checkSum(in, at, length);
            String type = new String(png, at + 4, 4, StandardCharsets.ISO_8859_1);
            switch (type) {
                case "IHDR", "PLTE", "tRNS", "IDAT", "IEND" ->
                        essential.write(png, at, FRAME + length);
                default -> {}
            }
            if (type.equals("IEND")) {
                return essential.toByteArray();
            }
            at += FRAME + length;
        }
        throw new InvalidImageException("the PNG is truncated");
    }

    private static void checkSum(ByteBuffer png, int at, int length) throws InvalidImageException {
        var sum = new CRC32();
        sum.update(png.array(), at + 4, 4 + length);
        if ((int) sum.getValue() != png.getInt(at + 8 + length)) {
            throw new InvalidImageException("the PNG is damaged");
        }
    }
}
