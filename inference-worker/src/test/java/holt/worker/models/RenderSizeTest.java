package holt.worker.models;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.diffusion.ModelInputs;
import holt.engine.image.ImageModelInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenderSizeTest {
    private static final ImageModelInfo INFO =
            FakeImageEngine.info(ModelInputs.LATENTS, 512, 8, 1024 * 1024);

    @ParameterizedTest
    @CsvSource({
        // What it can render is rendered.
        "512, 512,   512, 512",
        "1024, 1024, 1024, 1024",
        "2048, 512,  2048, 512",
        "256, 256,   256, 256",
        // To the nearest multiple of 8.
        "511, 513,   512, 512",
        "515, 509,   512, 512",
        "517, 300,   520, 304",
        // Too many pixels: the same shape, smaller.
        "2048, 2048, 1024, 1024",
        "1920, 1080, 1360, 768",
        "4096, 1024, 2048, 512",
        // Too few.
        "16, 16,     256, 256",
        "64, 128,    184, 360",
        "16, 8192,   16, 8192",
    })
    void isTheNearestThatTheModelCanRender(int width, int height, int across, int down) {
        assertThat(RenderSize.of(width, height, INFO)).isEqualTo(new RenderSize(across, down));
    }

    @Test
    void whateverIsAskedForIsWithinTheLimits() {
        for (int width = 16; width <= 8192; width = width * 5 / 4) {
            for (int height = 16; height <= 8192; height = height * 6 / 5) {
                RenderSize size = RenderSize.of(width, height, INFO);
                assertThat(size.width() % 8 + size.height() % 8).isZero();
                assertThat((long) size.width() * size.height())
                        .as("%s for %d x %d", size, width, height)
                        .isBetween(1L, INFO.maxPixels());
            }
        }
    }

    @Test
    void aModelThatMayMakeLessThanItWasTrainedWithKeepsToThat() {
        ImageModelInfo small = FakeImageEngine.info(ModelInputs.LATENTS, 512, 8, 64 * 64);

        assertThat(RenderSize.of(512, 512, small)).isEqualTo(new RenderSize(64, 64));
        assertThat(RenderSize.of(16, 16, small)).isEqualTo(new RenderSize(64, 64));
    }

    @Test
    void aModelOfSmallPicturesRendersNoLargerOnes() {
        ImageModelInfo tiny = FakeImageEngine.info(ModelInputs.LATENTS, 64, 4, 1024 * 1024);

        assertThat(RenderSize.of(1024, 1024, tiny)).isEqualTo(new RenderSize(64, 64));
        assertThat(RenderSize.of(640, 480, tiny)).isEqualTo(new RenderSize(72, 56));
        assertThat(RenderSize.of(32, 32, tiny)).isEqualTo(new RenderSize(32, 32));
    }
}
