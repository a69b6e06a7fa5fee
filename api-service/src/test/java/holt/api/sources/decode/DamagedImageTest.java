package holt.api.sources.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged and malicious files. */
class DamagedImageTest {
    private static final int[] KINDS = {PictureFiles.GRAY, PictureFiles.PALETTE};

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "<html><body>not a picture</body></html>",
                "BM or a bitmap",
                "RIFF....WEBPVP8 ...",
                "<svg xmlns='http://www.w3.org/2000/svg'/>"
            })
    void refusesWhatIsNoPictureWhateverItsNameSays(String text) {
        assertRefused(text.getBytes(UTF_8), "must be a PNG, JPEG or GIF");
    }

    @ParameterizedTest
    @CsvSource({"50000, 50000", "8193, 1", "1, 8193", "8192, 2049", "2147483647, 2147483647"})
    void refusesTooManyPixelsBeforeItDecodesThem(int width, int height) {
        byte[] png =
                PictureFiles.png(
                        PictureFiles.header(width, height, 8, PictureFiles.GRAY),
                        PictureFiles.data(new byte[40 << 10]),
                        PictureFiles.end());

        assertRefused(png, width + " x " + height + " pixels");
    }

    @Test
    void refusesAGifWithTooManyPixels() throws IOException {
        byte[] gif = PictureFiles.file(PictureFiles.quarters(8, 8), "gif");
        int descriptor = indexOf(gif, (byte) ',');
        gif[descriptor + 6] = (byte) 0xFF;
        gif[descriptor + 8] = (byte) 0xFF;

        assertRefused(gif, "pixels");
    }

    @Test
    void takesAsManyPixelsAsItSays() {
        byte[] png =
                PictureFiles.png(
                        PictureFiles.header(8192, 2048, 1, PictureFiles.GRAY),
                        PictureFiles.data(new byte[2048 * (1 + 8192 / 8)]),
                        PictureFiles.end());

        assertThatCode(() -> DecodeImage.decode(png)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zTXt", "iTXt", "iCCP", "tEXt", "eXIf", "acTL"})
    void looksIntoNoChunkThatMakesNoPixels(String type) throws Exception {
        byte[] bomb = PictureFiles.deflated(new byte[64 << 20]);
        byte[] text =
                ByteBuffer.allocate(6 + bomb.length)
                        .put("name\0\0".getBytes(UTF_8))
                        .put(bomb)
                        .array();
        for (int kind : KINDS) {
            byte[] header = PictureFiles.header(1, 1, 8, kind);
            byte[] palette = PictureFiles.chunk("PLTE", new byte[] {1, 2, 3});
            byte[] data = PictureFiles.data((byte) 0, (byte) 0);
            byte[] plain = PictureFiles.png(header, palette, data, PictureFiles.end());
            byte[] loaded =
                    PictureFiles.png(
                            header,
                            PictureFiles.chunk(type, text),
                            palette,
                            PictureFiles.chunk(type, text),
                            data,
                            PictureFiles.end());

            assertThat(PngFile.essential(loaded)).isEqualTo(plain);
            assertThat(DecodeImage.decode(loaded).png()).isEqualTo(DecodeImage.decode(plain).png());
        }
    }

    @Test
    void refusesAPngThatIsCutOffAnywhere() throws IOException {
        byte[] png =
                PictureFiles.file(PictureFiles.random(16, 16, BufferedImage.TYPE_INT_RGB), "png");
        for (int length = 8; length < png.length; length++) {
            assertRefused(Arrays.copyOf(png, length), "truncated");
        }
    }

    @Test
    void refusesAPngWhoseRowsAreMissing() {
        byte[] png =
                PictureFiles.png(
                        PictureFiles.header(4, 4, 8, PictureFiles.GRAY),
                        PictureFiles.data(new byte[5 * 3]),
                        PictureFiles.end());

        assertRefused(png, "damaged");
    }

    @Test
    void refusesAPngWithAWrongSum() throws IOException {
        byte[] png = PictureFiles.file(PictureFiles.quarters(8, 8), "png");
        png[png.length / 2] ^= 1;

        assertRefused(png, "damaged");
    }

    @Test
    void refusesAJpegThatIsCutOffAnywhere() throws IOException {
        for (byte[] jpeg :
                new byte[][] {
                    PictureFiles.file(PictureFiles.quarters(64, 64), "jpeg"),
                    PictureFiles.progressiveJpeg(PictureFiles.quarters(64, 64))
                }) {
            for (int length = 3; length < jpeg.length - 1; length++) {
                assertRefused(Arrays.copyOf(jpeg, length), "truncated");
            }
        }
    }

    @Test
    void refusesAJpegThatEndsTooEarly() throws IOException {
        BufferedImage image = PictureFiles.random(128, 128, BufferedImage.TYPE_INT_RGB);
        byte[] jpeg = PictureFiles.file(image, "jpeg");
        byte[] half = Arrays.copyOf(jpeg, jpeg.length / 2);
        half[half.length - 2] = (byte) 0xFF;
        half[half.length - 1] = (byte) 0xD9;

        assertRefused(half, "damaged");
    }

    @Test
    void refusesAJpegThatGoesOverItsPixelsTooOften() throws IOException {
        byte[] jpeg = PictureFiles.progressiveJpeg(PictureFiles.quarters(64, 64));
        int lastScan = jpeg.length - 2;
        while (jpeg[lastScan] != (byte) 0xFF || jpeg[lastScan + 1] != (byte) 0xDA) {
            lastScan--;
        }
        var often = new ByteArrayOutputStream();
        often.write(jpeg, 0, lastScan);
        for (int i = 0; i < 100; i++) {
            often.write(jpeg, lastScan, jpeg.length - 2 - lastScan);
        }
        often.write(jpeg, jpeg.length - 2, 2);

        assertRefused(often.toByteArray(), "more than 100 scans");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 2})
    void refusesCmykWithAndWithoutAdobesMarker(int transform) throws IOException {
        byte[] jpeg = PictureFiles.jpegOf(64, 64, 215, 165, 55, 255);

        assertRefused(
                transform < 0 ? jpeg : PictureFiles.withAdobe(jpeg, transform), "CMYK or YCCK");
    }

    @Test
    void refusesAJpegOfTwoComponents() throws IOException {
        assertRefused(PictureFiles.jpegOf(64, 64, 90, 200), "2 color components");
    }

    @Test
    void refusesAGifThatIsCutOff() throws IOException {
        byte[] gif =
                PictureFiles.file(
                        PictureFiles.random(32, 32, BufferedImage.TYPE_BYTE_INDEXED), "gif");
        for (int length = 6; length < gif.length - 64; length += 16) {
            assertRefused(Arrays.copyOf(gif, length), "damaged");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "gif"})
    void meetsAnyBytesWithAPictureOrARefusal(String format) throws IOException {
        byte[] good = PictureFiles.file(PictureFiles.quarters(16, 16), format);
        var random = new Random(11);
        for (int i = 0; i < 1_000; i++) {
            byte[] bytes = good.clone();
            for (int j = 0; j <= i % 4; j++) {
                bytes[3 + random.nextInt(bytes.length - 3)] = (byte) random.nextInt();
            }
            assertPictureOrRefusal(bytes);
        }
    }

    static void assertPictureOrRefusal(byte[] bytes) {
        try {
            assertThat(DecodeImage.decode(bytes).png()).isNotEmpty();
        } catch (InvalidImageException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    static void assertRefused(byte[] bytes, String reason) {
        assertThatThrownBy(() -> DecodeImage.decode(bytes))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining(reason);
    }

    private static int indexOf(byte[] bytes, byte wanted) {
        // Search after the header and the colours, which may have any byte.
        int colors = 3 * (2 << (bytes[10] & 7));
        int at = 13 + ((bytes[10] & 0x80) != 0 ? colors : 0);
        while (bytes[at] != wanted) {
            at++;
        }
        return at;
    }
}
