package holt.engine.image;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Chooses the pictures of the next step. The most urgent request always takes part; the older one wins a tie. If it has no
 * seed, other requests without a seed and of the same size fill the rest of the batch.
 */
final class ImageScheduler {
    private final List<ImageGeneration> generations =
            new ArrayList<>(); // by priority, then arrival
    private final ToIntFunction<ImageGeneration> maxRows;

    /**
     * Pictures of one request in a step.
     *
     * @param pictures how many
     */
    record Scheduled(ImageGeneration generation, int pictures) {}

    /** @param maxRows the most UNet rows of one step, for pictures of a request's size */
    ImageScheduler(ToIntFunction<ImageGeneration> maxRows) {
        this.maxRows = maxRows;
    }

    void add(ImageGeneration generation) {
        int place = generations.size();
        while (place > 0 && generations.get(place - 1).priority() > generation.priority()) {
            place--;
        }
        generations.add(place, generation);
    }

    void remove(ImageGeneration generation) {
        generations.remove(generation);
    }

    /** The next step, all of one size; empty if there is nothing to do. */
    List<Scheduled> next() {
        if (generations.isEmpty()) {
            return List.of();
        }
        ImageGeneration first = generations.getFirst();
        int rowsLeft = maxRows.applyAsInt(first);
        List<Scheduled> batch = new ArrayList<>();
        for (ImageGeneration generation : generations) {
            if (generation != first && !shareSteps(first, generation)) {
                continue;
            }
            int fitting =
                    Math.min(generation.picturesLeft(), rowsLeft / generation.rowsPerPicture());
            int pictures = generation == first ? Math.max(1, fitting) : fitting;
            if (pictures > 0) {
                batch.add(new Scheduled(generation, pictures));
                rowsLeft -= pictures * generation.rowsPerPicture();
            }
        }
        return batch;
    }

    private static boolean shareSteps(ImageGeneration a, ImageGeneration b) {
        return a.sharesSteps() && b.sharesSteps() && a.size().equals(b.size());
    }
}
