package holt.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.Fixtures;
import holt.engine.RequestId;
import holt.engine.image.picture.Mask;
import holt.engine.image.picture.Picture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The image model that comes with the repository, by the colours of its pixels: prompts that its training never saw
 * ({@code models/image/heldout.json}), edits, and a mask. All 200 prompts instead of some: {@code -Dholt.images.all=true}.
 */
@Timeout(900)
class BuiltInImageModelTest {
    private static final Path FOLDER = Path.of("../models/holt-image");
    private static final Path PROMPTS = Path.of("../models/image/heldout.json");
    private static final int SIDE = 64;
    private static final int EVERY = Boolean.getBoolean("holt.images.all") ? 1 : 8;
    private static final double COLOURS_RIGHT = 0.9;
    private static final double LAYOUT_RIGHT = 0.8;

    private static ImageEngine engine;

    @BeforeAll
    static void load() {
        Fixtures.prepareRuntime();
        engine = ImageModels.load(FOLDER, ImageModelOptions.of("cpu", "fp32").withThreads(1));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void paintsColoursAndLayoutOfPromptsThatItsTrainingNeverSaw() throws Exception {
        JsonNode prompts = new JsonMapper().readTree(Files.readAllBytes(PROMPTS));
        int asked = 0;
        int laidOut = 0;
        List<String> wrongColours = new ArrayList<>();
        List<String> wrongLayout = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i += EVERY) {
            HeldOutPrompt prompt = HeldOutPrompt.of(prompts.get(i));
            ColourNames picture = new ColourNames(draw(prompt.text(), i, null));
            asked++;
            if (!prompt.hasItsColours(picture)) {
                wrongColours.add(prompt.text());
            }
            if (prompt.hasLayout()) {
                laidOut++;
                if (!prompt.isLaidOut(picture)) {
                    wrongLayout.add(prompt.text());
                }
            }
        }
        assertThat(wrongColours)
                .as("wrong colours of %d", asked)
                .hasSizeLessThanOrEqualTo((int) ((1 - COLOURS_RIGHT) * asked));
        assertThat(wrongLayout)
                .as("wrong layout of %d", laidOut)
                .hasSizeLessThanOrEqualTo((int) ((1 - LAYOUT_RIGHT) * laidOut));
    }

    @Test
    void editsChangeTheBackgroundAndTheColourOfAThing() throws Exception {
        Picture source = draw("a red circle on a yellow background", 1, null);

        ColourNames background =
                new ColourNames(draw("make the background blue", 2, whole(source)));
        ColourNames thing = new ColourNames(draw("make the circle green", 3, whole(source)));

        assertThat(background.shareOfBorder("blue")).isGreaterThan(0.75);
        assertThat(background.share("red")).isGreaterThan(0.015);
        assertThat(thing.shareOfBorder("yellow")).isGreaterThan(0.75);
        assertThat(thing.share("green")).isGreaterThan(0.015);
        assertThat(thing.share("red")).isLessThan(0.015);
    }

    @Test
    void aMaskIsRepaintedAndTheRestIsKept() throws Exception {
        String before = "a red square to the left of a blue circle on a white background";
        String after = "a red square to the left of a green circle on a white background";
        Picture source = draw(before, 4, null);

        Picture made = draw(after, 5, new Edit(source, rightHalf(), 1, 1.5));

        ColourNames names = new ColourNames(made);
        assertThat(names.share("green")).isGreaterThan(0.015);
        assertThat(names.share("blue")).isLessThan(0.015);
        assertThat(leftHalf(made)).isEqualTo(leftHalf(source));
    }

    private static List<Byte> leftHalf(Picture picture) {
        List<Byte> bytes = new ArrayList<>();
        for (int i = 0; i < picture.rgb().length; i++) {
            if (i / 3 % SIDE < SIDE / 2) {
                bytes.add(picture.rgb()[i]);
            }
        }
        return bytes;
    }

    private static Edit whole(Picture source) {
        return new Edit(source, null, 1, 1.5);
    }

    private static Mask rightHalf() {
        boolean[] renewed = new boolean[SIDE * SIDE];
        for (int i = 0; i < renewed.length; i++) {
            renewed[i] = i % SIDE >= SIDE / 2;
        }
        return new Mask(SIDE, SIDE, renewed);
    }

    private static Picture draw(String prompt, long seed, @Nullable Edit edit) throws Exception {
        var events = new RecordedImageEvents();
        ImageDefaults asItDrawsBest = engine.info().defaults();
        engine.submit(
                new ImageRequest(
                        new RequestId("built-in-" + seed),
                        prompt,
                        "",
                        SIDE,
                        SIDE,
                        1,
                        asItDrawsBest.steps(),
                        asItDrawsBest.guidance(),
                        seed,
                        edit,
                        0),
                events);
        assertThat(events.end()).isInstanceOf(ImageEvent.Finished.class);
        return events.pictures().getFirst();
    }
}
