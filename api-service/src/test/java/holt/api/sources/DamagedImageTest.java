package holt.api.sources;

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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that mean harm, or come to some. */
@Timeout(60)
class DamagedImageTest {
    private static final int[] KINDS = {Pictures.GRAY, Pictures.PALETTE};

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
        assertRefused(text.getBytes(UTF_8), "not a PNG, JPEG or GIF");
    }

    @ParameterizedTest
    @CsvSource({"50000, 50000", "8193, 1", "1, 8193", "8192, 2049", "2147483647, 2147483647"})
    void refusesTooManyPixelsBeforeItDecodesThem(int width, int height) {
        byte[] png =
                Pictures.png(
                        Pictures.header(width, height, 8, Pictures.GRAY),
                        Pictures.data(new byte[40 << 10]),
                        Pictures.end());

        assertRefused(png, width + " x " + height + " pixels");
    }

    @Test
    void refusesAGifWithTooManyPixels() throws IOException {
        byte[] gif = Pictures.file(Pictures.quarters(8, 8), "gif");
        int descriptor = indexOf(gif, (byte) ',');
        gif[descriptor + 6] = (byte) 0xFF;
        gif[descriptor + 8] = (byte) 0xFF;

        assertRefused(gif, "pixels");
    }

    @Test
    void takesAsManyPixelsAsItSays() {
        byte[] png =
                Pictures.png(
                        Pictures.header(8192, 2048, 1, Pictures.GRAY),
                        Pictures.data(new byte[2048 * (1 + 8192 / 8)]),
                        Pictures.end());

        assertThatCode(() -> DecodeImage.decode(png)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zTXt", "iTXt", "iCCP", "tEXt", "eXIf", "acTL"})
    void looksIntoNoChunkThatMakesNoPixels(String type) throws Exception {
        byte[] bomb = Pictures.deflated(new byte[64 << 20]);
        byte[] text =
                ByteBuffer.allocate(6 + bomb.length)
                        .put("name\0\0".getBytes(UTF_8))
                        .put(bomb)
                        .array();
        for (int kind : KINDS) {
            byte[] header = Pictures.header(1, 1, 8, kind);
            byte[] palette = Pictures.chunk("PLTE", new byte[] {1, 2, 3});
            byte[] data = Pictures.data((byte) 0, (byte) 0);
            byte[] plain = Pictures.png(header, palette, data, Pictures.end());
            byte[] loaded =
                    Pictures.png(
                            header,
                            Pictures.chunk(type, text),
                            palette,
                            Pictures.chunk(type, text),
                            data,
                            Pictures.end());

            assertThat(PngFile.essential(loaded)).isEqualTo(plain);
            assertThat(DecodeImage.decode(loaded).png()).isEqualTo(DecodeImage.decode(plain).png());
        }
    }

    @Test
    void refusesAPngThatIsCutOffAnywhere() throws IOException {
        byte[] png = Pictures.file(Pictures.random(16, 16, BufferedImage.TYPE_INT_RGB), "png");
        for (int length = 8; length < png.length; length++) {
            assertRefused(Arrays.copyOf(png, length), "cut off");
        }
    }

    @Test
    void refusesAPngWhoseRowsAreMissing() {
        byte[] png =
                Pictures.png(
                        Pictures.header(4, 4, 8, Pictures.GRAY),
                        Pictures.data(new byte[5 * 3]),
                        Pictures.end());

        assertRefused(png, "damaged");
    }

    @Test
    void refusesAPngWithAWrongSum() throws IOException {
        byte[] png = Pictures.file(Pictures.quarters(8, 8), "png");
        png[png.length / 2] ^= 1;

        assertRefused(png, "damaged");
    }

    @Test
    void refusesAJpegThatIsCutOffAnywhere() throws IOException {
        for (byte[] jpeg :
                new byte[][] {
                    Pictures.file(Pictures.quarters(64, 64), "jpeg"),
                    Pictures.progressiveJpeg(Pictures.quarters(64, 64))
                }) {
            for (int length = 3; length < jpeg.length - 1; length++) {
                assertRefused(Arrays.copyOf(jpeg, length), "cut off");
            }
        }
    }

    @Test
    void refusesAJpegThatEndsTooEarly() throws IOException {
        BufferedImage image = Pictures.random(128, 128, BufferedImage.TYPE_INT_RGB);
        byte[] jpeg = Pictures.file(image, "jpeg");
        byte[] half = Arrays.copyOf(jpeg, jpeg.length / 2);
        half[half.length - 2] = (byte) 0xFF;
        half[half.length - 1] = (byte) 0xD9;

        assertRefused(half, "damaged");
    }

    @Test
    void refusesAJpegThatGoesOverItsPixelsTooOften() throws IOException {
        byte[] jpeg = Pictures.progressiveJpeg(Pictures.quarters(64, 64));
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

    @Test
    void refusesAGifThatIsCutOff() throws IOException {
        byte[] gif = Pictures.file(Pictures.random(32, 32, BufferedImage.TYPE_BYTE_INDEXED), "gif");
        for (int length = 6; length < gif.length - 64; length += 16) {
            assertRefused(Arrays.copyOf(gif, length), "damaged");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "gif"})
    void meetsAnyBytesWithAPictureOrARefusal(String format) throws IOException {
        byte[] good = Pictures.file(Pictures.quarters(16, 16), format);
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
        } catch (RefusedSourceException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    static void assertRefused(byte[] bytes, String reason) {
        assertThatThrownBy(() -> DecodeImage.decode(bytes))
                .isInstanceOf(RefusedSourceException.class)
                .hasMessageContaining(reason);
    }

    private static int indexOf(byte[] bytes, byte wanted) {
        // Behind header and colours, which may hold any byte.
        int colors = 3 * (2 << (bytes[10] & 7));
        int at = 13 + ((bytes[10] & 0x80) != 0 ? colors : 0);
        while (bytes[at] != wanted) {
            at++;
        }
        return at;
    }
}
