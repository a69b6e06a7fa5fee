package holt.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.Fixtures;
import holt.engine.RequestId;
import holt.engine.Waves;
import holt.engine.diffusion.TorchDiffusionModel;
import holt.engine.diffusion.UnetInput;
import holt.engine.diffusion.noise.Denoising;
import holt.engine.diffusion.noise.SchedulerChoice;
import holt.engine.image.denoising.DenoisingRun;
import holt.engine.image.picture.Mask;
import holt.engine.image.picture.Picture;
import holt.engine.loop.RequestEvents;
import holt.engine.torch.TorchModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole loops, with the noise of make_image_fixtures.py. */
class SameAsDiffusersTest {
    private static final double EXACT =
            1e-3; // times the latents' size, which Euler's is 15 at first
    private static final int SIDE = 16;
    private static final int STEPS = 4;

    @TempDir Path target;

    @BeforeAll
    static void prepare() {
        Fixtures.prepareRuntime();
        TorchModule.useThreads(1);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // model, loop, guidance, what to steer away from, strength of an edit, masked
                "sd1,loop,3,blurry,-,false",
                "sd1,unguided,1,blurry,-,false",
                "sd2,loop,3,blurry,-,false",
                "sd2,changed,3,blurry,0.6,false",
                "sd2,painted,3,blurry,0.8,true",
                "sd2,repainted,3,blurry,1,true",
                "inpaint,repainted,3,blurry,1,true",
                "instruct,instructed,3,blurry,1,false",
                "wide,instructed,3,blurry,1,false",
                "sdxl,loop,3,blurry,-,false",
                "sdxl,withoutNegative,3,'',-,false"
            })
    void aLoopEndsWhereThatOfDiffusersDoes(
            String name,
            String loop,
            double guidance,
            String negativePrompt,
            @Nullable Double strength,
            boolean masked)
            throws IOException {
        Path folder = Fixtures.imageModel(name, target);
        JsonNode golden =
                new JsonMapper()
                        .readTree(Files.readAllBytes(folder.resolve("golden.json")))
                        .path(loop);
        @Nullable Edit edit =
                strength == null
                        ? null
                        : new Edit(source(), masked ? rightHalf() : null, strength, 1.5);
        var request =
                new ImageRequest(
                        new RequestId("a"),
                        "an otter swims in the river",
                        negativePrompt,
                        SIDE,
                        SIDE,
                        1,
                        STEPS,
                        guidance,
                        1L,
                        edit,
                        0);

        try (var model =
                TorchDiffusionModel.load(folder, "cpu", "fp32", SchedulerChoice.FOLDER, 1)) {
            List<ImageEvent> events = new ArrayList<>();
            var generation =
                    new ImageGeneration(
                            request,
                            0,
                            info(model),
                            new RequestEvents<>(request.id(), events::add));
            int size = model.facts().latentChannels() * generation.size().positions();
            generation.prepare(model, _ -> waves(size));
            DenoisingRun run = generation.next(1).getFirst();
            while (!run.isComplete()) {
                List<UnetInput> rows = run.unetInputs();
                assertThat(rows).hasSize(generation.rowsPerPicture());
                run.advance(model.predict(rows, generation.size()));
            }
            assertClose(run.latents(), golden.path("latents"));
            generation.publish(model);
            assertThat(generation.hasEnded()).isTrue();
            assertSamePixels(
                    ((ImageEvent.PictureDone) events.get(2)).picture(),
                    golden.path("pixels"),
                    masked);
        }
    }

    private static ImageModelInfo info(TorchDiffusionModel model) {
        return new ImageModelInfo(
                "tiny",
                model.facts().pipeline(),
                model.facts().parameters(),
                model.facts().inputs(),
                model.facts().side(),
                model.facts().factor(),
                SIDE * SIDE,
                model.noiseScheduler().trainingSteps(),
                ImageDefaults.USUAL,
                "fp32",
                "cpu");
    }

    private static Denoising.NoiseSource waves(int size) {
        int[] count = {0};
        return () -> Waves.at(count[0] / size, count[0]++ % size);
    }

    private static Picture source() {
        return new Picture(SIDE, SIDE, Waves.picture(SIDE, SIDE));
    }

    private static Mask rightHalf() {
        boolean[] renewed = new boolean[SIDE * SIDE];
        for (int i = 0; i < renewed.length; i++) {
            renewed[i] = i % SIDE >= SIDE / 2;
        }
        return new Mask(SIDE, SIDE, renewed);
    }

    private static void assertClose(float[] found, JsonNode expected) {
        assertThat(found).hasSize(expected.size());
        for (int i = 0; i < found.length; i++) {
            double value = expected.get(i).asDouble();
            assertThat(Math.abs(found[i] - value))
                    .as("latent %d: %f, not %f", i, found[i], value)
                    .isLessThan(EXACT * Math.max(1, Math.abs(value)));
        }
    }

    /** Outside of a mask the source's own pixels stay. */
    private static void assertSamePixels(Picture picture, JsonNode expected, boolean masked) {
        Picture source = source();
        assertThat(picture.rgb()).hasSize(expected.size());
        for (int i = 0; i < picture.rgb().length; i++) {
            boolean kept = masked && i / 3 % SIDE < SIDE / 2;
            int value = kept ? source.rgb()[i] & 0xff : expected.get(i).asInt();
            assertThat(Math.abs((picture.rgb()[i] & 0xff) - value))
                    .as("byte %d", i)
                    .isLessThanOrEqualTo(kept ? 0 : 1);
        }
    }
}
