package holt.api.sources.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Valid pictures and their pixels. */
class DecodeImageTest {
    private static final int RED = 0xFFFF0000;
    private static final int GREEN = 0xFF00FF00;
    private static final int BLUE = 0xFF0000FF;
    private static final int WHITE = 0xFFFFFFFF;

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_BYTE_GRAY,
                BufferedImage.TYPE_BYTE_BINARY,
                BufferedImage.TYPE_BYTE_INDEXED
            })
    void keepsEveryPixelOfAPng(int type) throws Exception {
        BufferedImage image = PictureFiles.random(37, 23, type);

        SourceImage source = DecodeImage.decode(PictureFiles.file(image, "png"));

        assertThat(source.width()).isEqualTo(37);
        assertThat(source.height()).isEqualTo(23);
        BufferedImage read = PictureFiles.read(source.png());
        assertThat(read.getSampleModel().getSampleSize()).containsOnly(8);
        assertThat(read.getColorModel().getNumComponents())
                .isEqualTo(image.getColorModel().hasAlpha() ? 4 : 3);
        for (int y = 0; y < 23; y++) {
            for (int x = 0; x < 37; x++) {
                if (type == BufferedImage.TYPE_BYTE_GRAY) {
                    assertThat(read.getRGB(x, y) & 0xFF)
                            .isEqualTo(image.getRaster().getSample(x, y, 0));
                } else {
                    assertThat(read.getRGB(x, y)).isEqualTo(image.getRGB(x, y));
                }
            }
        }
    }

    @Test
    void readsGrayAsSrgbAndNotAsLinearLight() throws Exception {
        byte[] alpha =
                PictureFiles.png(
                        PictureFiles.header(2, 1, 8, PictureFiles.GRAY_ALPHA),
                        PictureFiles.data((byte) 0, (byte) 100, (byte) 255, (byte) 50, (byte) 9),
                        PictureFiles.end());
        byte[] sixteenBits =
                PictureFiles.png(
                        PictureFiles.header(1, 1, 16, PictureFiles.GRAY),
                        PictureFiles.data((byte) 0, (byte) 0x64, (byte) 0x64),
                        PictureFiles.end());

        assertThat(rgb(alpha, 0, 0)).isEqualTo(0xFF646464);
        assertThat(rgb(alpha, 1, 0)).isEqualTo(0x09323232);
        assertThat(rgb(sixteenBits, 0, 0)).isEqualTo(0xFF646464);
    }

    @Test
    void bringsSixteenBitsToEight() throws Exception {
        byte[] png =
                PictureFiles.png(
                        PictureFiles.header(1, 1, 16, 2),
                        PictureFiles.data(
                                (byte) 0,
                                (byte) 255,
                                (byte) 255,
                                (byte) 128,
                                (byte) 128,
                                (byte) 0,
                                (byte) 0),
                        PictureFiles.end());

        assertThat(rgb(png, 0, 0)).isEqualTo(0xFFFF8000);
    }

    @Test
    void readsJpegsNearly() throws Exception {
        for (byte[] jpeg :
                new byte[][] {
                    PictureFiles.file(PictureFiles.quarters(64, 48), "jpeg"),
                    PictureFiles.progressiveJpeg(PictureFiles.quarters(64, 48))
                }) {
            BufferedImage read = PictureFiles.read(DecodeImage.decode(jpeg).png());

            assertThat(read.getWidth()).isEqualTo(64);
            assertThat(read.getHeight()).isEqualTo(48);
            assertNear(read.getRGB(8, 8), RED);
            assertNear(read.getRGB(56, 8), GREEN);
            assertNear(read.getRGB(8, 40), BLUE);
            assertNear(read.getRGB(56, 40), WHITE);
        }
    }

    @Test
    void readsTheColorsOfAJpegAsItsMarkersSay() throws Exception {
        byte[] gray = PictureFiles.jpegOf(16, 16, 100);
        byte[] rgb = PictureFiles.withAdobe(PictureFiles.jpegOf(16, 16, 40, 90, 200), 0);
        // The same color as Y, Cb and Cr.
        byte[] yCbCr = PictureFiles.withAdobe(PictureFiles.jpegOf(16, 16, 88, 191, 94), 1);

        assertNear(rgb(gray, 8, 8), 0xFF646464);
        assertNear(rgb(rgb, 8, 8), 0xFF285AC8);
        assertNear(rgb(yCbCr, 8, 8), 0xFF285AC8);
    }

    /** The corners in reading order, as they are seen. */
    @ParameterizedTest
    @CsvSource({
        "0, 64, 48, red, green, blue, white",
        "1, 64, 48, red, green, blue, white",
        "2, 64, 48, green, red, white, blue",
        "3, 64, 48, white, blue, green, red",
        "4, 64, 48, blue, white, red, green",
        "5, 48, 64, red, blue, green, white",
        "6, 48, 64, blue, red, white, green",
        "7, 48, 64, white, green, blue, red",
        "8, 48, 64, green, white, red, blue",
        "9, 64, 48, red, green, blue, white"
    })
    void turnsAJpegAsTheCameraWasHeld(
            int orientation, int width, int height, String a, String b, String c, String d)
            throws Exception {
        byte[] jpeg =
                PictureFiles.withApp1(
                        PictureFiles.withApp1(
                                PictureFiles.file(PictureFiles.quarters(64, 48), "jpeg"),
                                "http://ns.adobe.com/xap/1.0/\0"
                                        .getBytes(StandardCharsets.US_ASCII)),
                        PictureFiles.exif(orientation));

        SourceImage source = DecodeImage.decode(jpeg);

        assertThat(source.width()).isEqualTo(width);
        assertThat(source.height()).isEqualTo(height);
        BufferedImage read = PictureFiles.read(source.png());
        assertNear(read.getRGB(8, 8), color(a));
        assertNear(read.getRGB(width - 8, 8), color(b));
        assertNear(read.getRGB(8, height - 8), color(c));
        assertNear(read.getRGB(width - 8, height - 8), color(d));
    }

    @Test
    @DisplayName("R166: a picture is encoded anew, without what its file says beside the pixels")
    void aPhotoStaysAJpegWithoutItsMetadata() throws Exception {
        byte[] jpeg =
                PictureFiles.withApp1(
                        PictureFiles.file(PictureFiles.quarters(64, 48), "jpeg"),
                        PictureFiles.exif(6));

        EncodedImage photo = DecodeImage.encodeAnew(jpeg);

        assertThat(photo.type()).isEqualTo("image/jpeg");
        assertThat(new String(photo.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("Exif");
        BufferedImage read = PictureFiles.read(photo.bytes());
        assertThat(read.getWidth()).isEqualTo(48);
        assertNear(read.getRGB(8, 8), BLUE);
    }

    @Test
    void otherPicturesBecomeAPng() throws Exception {
        BufferedImage image = PictureFiles.random(20, 10, BufferedImage.TYPE_INT_ARGB);

        EncodedImage png = DecodeImage.encodeAnew(PictureFiles.file(image, "png"));

        assertThat(png.type()).isEqualTo("image/png");
        assertThat(PictureFiles.read(png.bytes()).getRGB(3, 3)).isEqualTo(image.getRGB(3, 3));
        assertThat(
                        DecodeImage.encodeAnew(PictureFiles.animation(plain(RED), plain(BLUE), 2))
                                .type())
                .isEqualTo("image/png");
    }

    @Test
    void doesNotMindAWrongExif() throws Exception {
        byte[] exif = PictureFiles.exif(6);
        exif[13] = 127; // where the directory is
        byte[] jpeg =
                PictureFiles.withApp1(
                        PictureFiles.file(PictureFiles.quarters(64, 48), "jpeg"), exif);

        assertThat(DecodeImage.decode(jpeg).width()).isEqualTo(64);
    }

    @Test
    void takesTheFirstOfTenThousandPictures() throws Exception {
        byte[] gif = PictureFiles.animation(plain(0xFF0000), plain(0x0000FF), 10_000);

        assertThat(rgb(gif, 3, 3)).isEqualTo(RED);
    }

    private static BufferedImage plain(int rgb) {
        var image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 16; i++) {
            image.setRGB(i % 4, i / 4, rgb);
        }
        return image;
    }

    private static int rgb(byte[] file, int x, int y) throws IOException, InvalidImageException {
        return PictureFiles.read(DecodeImage.decode(file).png()).getRGB(x, y);
    }

    private static int color(String name) {
        return switch (name) {
            case "red" -> RED;
            case "green" -> GREEN;
            case "blue" -> BLUE;
            default -> WHITE;
        };
    }

    private static void assertNear(int rgb, int expected) {
        for (int shift = 0; shift < 32; shift += 8) {
            assertThat(rgb >> shift & 0xFF).isCloseTo(expected >> shift & 0xFF, within(12));
        }
    }
}
