package holt.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.engine.Fixtures;
import holt.engine.RequestId;
import holt.engine.UnloadableModelException;
import holt.engine.diffusion.ModelInputs;
import holt.engine.image.picture.Picture;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageModelsTest {
    private static final ImageModelOptions OPTIONS =
            ImageModelOptions.of("cpu", null).withThreads(1).withMaxPixels(1024);

    @TempDir Path target;

    @BeforeAll
    static void prepare() {
        Fixtures.prepareRuntime();
    }

    @Test
    void aFolderSaysWhatItIs() {
        try (ImageEngine engine = load("inpaint")) {
            ImageModelInfo info = engine.info();
            assertThat(info.name()).isEqualTo("inpaint");
            assertThat(info.inputs()).isEqualTo(ModelInputs.LATENTS_MASK_AND_SOURCE);
            assertThat(info.side()).isEqualTo(16);
            assertThat(info.sizeStep()).isEqualTo(2);
            assertThat(info.dtype()).isEqualTo("fp32");
        }
    }

    @Test
    void theSameSeedGivesTheSameBytesWhoeverElseDraws() throws Exception {
        try (ImageEngine engine = load("sd2")) {
            List<Picture> alone = pictures(engine, request("a", 2, 5L));
            RecordedImageEvents noise = new RecordedImageEvents();
            engine.submit(request("noise", 3, null), noise);
            List<Picture> crowded = pictures(engine, request("b", 2, 5L));
            List<Picture> second = pictures(engine, request("c", 1, 6L));
            List<Picture> other = pictures(engine, request("d", 1, 9L));

            assertThat(noise.end()).isEqualTo(new ImageEvent.Finished());
            assertThat(alone).hasSize(2);
            for (int i = 0; i < 2; i++) {
                assertThat(crowded.get(i).rgb()).isEqualTo(alone.get(i).rgb());
            }
            assertSimilar(second.getFirst(), alone.get(1)); // picture i has the seed 5 + i
            assertThat(other.getFirst().rgb()).isNotEqualTo(alone.getFirst().rgb());
        }
    }

    @Test
    void picturesThatWaitForMemoryComeOutTheSame() throws Exception {
        ImageRequest request = request("a", 3, 5L);
        List<Picture> together;
        try (ImageEngine engine = load("sd2")) {
            together = pictures(engine, request);
            assertThat(engine.stepsDone()).isEqualTo(4);
        }
        Path folder = Fixtures.imageModel("sd2", target.resolve("again"));
        try (ImageEngine engine = ImageModels.load(folder, OPTIONS.withStepBytes(1))) {
            List<Picture> oneByOne = pictures(engine, request);
            assertThat(engine.stepsDone()).isEqualTo(12);
            for (int i = 0; i < 3; i++) {
                assertSimilar(oneByOne.get(i), together.get(i));
            }
        }
    }

    @Test
    void everyKindOfModelDrawsWithoutASourceAndEditsOneOfAnotherSize() throws Exception {
        Edit edit = new Edit(new Picture(30, 21, new byte[3 * 30 * 21]), null, 0.7, 1.2);
        for (String name : List.of("sd1", "sdxl", "inpaint", "instruct", "wide")) {
            try (ImageEngine engine = load(name)) {
                assertThat(pictures(engine, sized("a", 18, 12, null))).hasSize(1);
                Picture edited = pictures(engine, sized("b", 18, 12, edit)).getFirst();
                assertThat(edited.width()).isEqualTo(18);
                assertThat(edited.height()).isEqualTo(12);
            }
        }
    }

    @Test
    void aFolderThatIsNoneIsRefused() {
        assertThatThrownBy(() -> ImageModels.load(target.resolve("nothing"), OPTIONS))
                .isInstanceOf(UnloadableModelException.class)
                .hasMessageContaining("nothing");
        assertThatThrownBy(() -> ImageModels.load(target, OPTIONS))
                .isInstanceOf(UnloadableModelException.class)
                .hasMessageContaining("model_index.json");
    }

    private ImageEngine load(String name) {
        return ImageModels.load(Fixtures.imageModel(name, target), OPTIONS);
    }

    private static List<Picture> pictures(ImageEngine engine, ImageRequest request)
            throws Exception {
        RecordedImageEvents events = new RecordedImageEvents();
        engine.submit(request, events);
        assertThat(events.end()).isEqualTo(new ImageEvent.Finished());
        return events.pictures();
    }

    private static void assertSimilar(Picture one, Picture other) {
        for (int i = 0; i < one.rgb().length; i++) {
            assertThat(Math.abs((one.rgb()[i] & 0xff) - (other.rgb()[i] & 0xff)))
                    .isLessThanOrEqualTo(1);
        }
    }

    private static ImageRequest request(String id, int count, @Nullable Long seed) {
        return new ImageRequest(
                new RequestId(id), "an otter", "blurry", 16, 16, count, 4, 3, seed, null, 0);
    }

    private static ImageRequest sized(String id, int width, int height, @Nullable Edit edit) {
        return new ImageRequest(
                new RequestId(id), "an otter", "blurry", width, height, 1, 3, 3, 1L, edit, 0);
    }
}
