package holt.api.images;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizeTest {
    @ParameterizedTest
    @CsvSource({
        "512, 300,   512, 300",
        "1, 1,       16, 16",
        "4000, 4000, 2048, 2048",
        "8000, 2000, 4096, 1024",
        "8192, 8,    8192, 16",
    })
    void anEditHasTheSourcesSizeOrTheLargestOfItsShape(
            int width, int height, int across, int down) {
        assertThat(Size.like(width, height, 2048 * 2048)).isEqualTo(new Size(across, down));
    }
}
