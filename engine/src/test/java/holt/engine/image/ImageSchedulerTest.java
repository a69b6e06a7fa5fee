package holt.engine.image;

import holt.engine.image.picture.Picture;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.diffusion.ModelInputs;
import holt.engine.image.ImageScheduler.Turn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ImageSchedulerTest {
    private static final ImageModelInfo INFO =
            new ImageModelInfo(
                    "fake",
                    "Fake",
                    0,
                    ModelInputs.LATENTS_AND_SOURCE,
                    4,
                    1,
                    64,
                    100,
                    ImageDefaults.USUAL,
                    "fp32",
                    "cpu");

    private final ImageScheduler queue = new ImageScheduler(_ -> 8);

    @Test
    void nothingIsNext() {
        assertThat(queue.next()).isEmpty();
    }

    @Test
    void theMostUrgentGoesFirstAndTheOlderAmongEquals() {
        ImageGeneration older = add("a", 1, 1L, 4, 1);
        ImageGeneration urgent = add("b", 1, 1L, 4, 0);
        ImageGeneration younger = add("c", 1, 1L, 4, 1);

        assertThat(queue.next()).containsExactly(new Turn(urgent, 1));
        queue.remove(urgent);
        assertThat(queue.next()).containsExactly(new Turn(older, 1));
        queue.remove(older);
        assertThat(queue.next()).containsExactly(new Turn(younger, 1));
    }

    @Test
    void asManyPicturesGoAsThereIsRoomFor() {
        ImageGeneration many = add("a", 10, 1L, 4, 0);
        assertThat(queue.next()).containsExactly(new Turn(many, 4));
    }

    @Test
    void othersOfTheSameSizeWithoutSeedFillTheRoom() {
        ImageGeneration first = add("a", 1, null, 4, 0);
        add("seeded", 1, 1L, 4, 0);
        add("larger", 1, null, 8, 0);
        ImageGeneration second = add("b", 2, null, 4, 1);
        ImageGeneration third = add("c", 5, null, 4, 1);
        add("d", 1, null, 4, 1);

        assertThat(queue.next())
                .containsExactly(new Turn(first, 1), new Turn(second, 2), new Turn(third, 1));
    }

    @Test
    void aSeededRequestGoesAlone() {
        ImageGeneration seeded = add("a", 1, 1L, 4, 0);
        add("b", 1, null, 4, 0);
        assertThat(queue.next()).containsExactly(new Turn(seeded, 1));
    }

    @Test
    void anEditWithGuidanceByItsSourceAsksThreeTimes() {
        Edit edit = new Edit(new Picture(1, 1, new byte[3]), null, 1, 1.5);
        ImageGeneration drawing = add("a", 9, null, 4, 0, edit);
        assertThat(queue.next()).containsExactly(new Turn(drawing, 2));
    }

    private ImageGeneration add(String id, int count, @Nullable Long seed, int side, int priority) {
        return add(id, count, seed, side, priority, null);
    }

    private ImageGeneration add(
            String id,
            int count,
            @Nullable Long seed,
            int side,
            int priority,
            @Nullable Edit edit) {
        var request = new ImageRequest(id, "", "", side, side, count, 2, 2, seed, edit, priority);
        ImageGeneration drawing = new ImageGeneration(request, 0, INFO, _ -> {});
        queue.add(drawing);
        return drawing;
    }
}
