package holt.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.RequestId;
import holt.engine.diffusion.ModelInputs;
import holt.engine.image.ImageScheduler.Scheduled;
import holt.engine.image.picture.Picture;
import holt.engine.loop.RequestEvents;
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

    private final ImageScheduler scheduler = new ImageScheduler(_ -> 8);

    @Test
    void nothingIsNext() {
        assertThat(scheduler.next()).isEmpty();
    }

    @Test
    void theMostUrgentGoesFirstAndTheOlderAmongEquals() {
        ImageGeneration older = add("a", 1, 1L, 4, 1);
        ImageGeneration urgent = add("b", 1, 1L, 4, 0);
        ImageGeneration younger = add("c", 1, 1L, 4, 1);

        assertThat(scheduler.next()).containsExactly(new Scheduled(urgent, 1));
        scheduler.remove(urgent);
        assertThat(scheduler.next()).containsExactly(new Scheduled(older, 1));
        scheduler.remove(older);
        assertThat(scheduler.next()).containsExactly(new Scheduled(younger, 1));
    }

    @Test
    void asManyPicturesGoAsThereIsRoomFor() {
        ImageGeneration many = add("a", 10, 1L, 4, 0);
        assertThat(scheduler.next()).containsExactly(new Scheduled(many, 4));
    }

    @Test
    void othersOfTheSameSizeWithoutSeedFillTheRoom() {
        ImageGeneration first = add("a", 1, null, 4, 0);
        add("seeded", 1, 1L, 4, 0);
        add("larger", 1, null, 8, 0);
        ImageGeneration second = add("b", 2, null, 4, 1);
        ImageGeneration third = add("c", 5, null, 4, 1);
        add("d", 1, null, 4, 1);

        assertThat(scheduler.next())
                .containsExactly(
                        new Scheduled(first, 1), new Scheduled(second, 2), new Scheduled(third, 1));
    }

    @Test
    void aSeededRequestGoesAlone() {
        ImageGeneration seeded = add("a", 1, 1L, 4, 0);
        add("b", 1, null, 4, 0);
        assertThat(scheduler.next()).containsExactly(new Scheduled(seeded, 1));
    }

    @Test
    void anEditWithGuidanceByItsSourceAsksThreeTimes() {
        Edit edit = new Edit(new Picture(1, 1, new byte[3]), null, 1, 1.5);
        ImageGeneration generation = add("a", 9, null, 4, 0, edit);
        assertThat(scheduler.next()).containsExactly(new Scheduled(generation, 2));
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
        var request =
                new ImageRequest(
                        new RequestId(id), "", "", side, side, count, 2, 2, seed, edit, priority);
        ImageGeneration generation =
                new ImageGeneration(request, 0, INFO, new RequestEvents<>(request.id(), _ -> {}));
        scheduler.add(generation);
        return generation;
    }
}
