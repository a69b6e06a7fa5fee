package holt.engine.image.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizePictureTest {
    @ParameterizedTest
    @CsvSource({"3,5", "40,4", "16,9", "1,1"})
    void oneColourStaysThatColour(int width, int height) {
        byte[] rgb = new byte[3 * 16 * 9];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) new int[] {200, 100, 7}[i % 3];
        }
        Picture resized = ResizePicture.to(new Picture(16, 9, rgb), width, height);

        assertThat(resized.width()).isEqualTo(width);
        assertThat(resized.height()).isEqualTo(height);
        for (int i = 0; i < resized.rgb().length; i++) {
            assertThat(resized.rgb()[i]).isEqualTo(rgb[i % 3]);
        }
    }

    @Test
    void halvingKeepsWhereThingsAre() {
        // The left half is black, the right half white; the upper rows are red besides.
        Picture picture = new Picture(32, 32, new byte[3 * 32 * 32]);
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 32; x++) {
                int at = 3 * (32 * y + x);
                Arrays.fill(picture.rgb(), at, at + 3, (byte) (x < 16 ? 0 : 255));
                picture.rgb()[at] = (byte) (y < 16 ? 255 : picture.rgb()[at + 1]);
            }
        }
        Picture half = ResizePicture.to(picture, 16, 16);

        assertThat(pixel(half, 2, 2)).containsExactly(255, 0, 0);
        assertThat(pixel(half, 13, 2)).containsExactly(255, 255, 255);
        assertThat(pixel(half, 2, 13)).containsExactly(0, 0, 0);
        assertThat(pixel(half, 13, 13)).containsExactly(255, 255, 255);
    }

    private static int[] pixel(Picture picture, int x, int y) {
        int at = 3 * (picture.width() * y + x);
        return new int[] {
            picture.rgb()[at] & 0xff, picture.rgb()[at + 1] & 0xff, picture.rgb()[at + 2] & 0xff
        };
    }
}
