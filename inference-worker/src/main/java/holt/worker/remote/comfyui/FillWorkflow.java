package holt.worker.remote.comfyui;

import holt.protocol.PictureEdit;
import holt.protocol.Task;
import holt.worker.remote.UnsupportedException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Puts one task into a workflow, anew for each picture. What the client left open stays as it is in the workflow, but for the seed. */
final class FillWorkflow {
    /** Both sides are multiples of it. */
    private static final int STEP = 16;

    private final Workflow workflow;
    private final Map<Place, Object> values = new EnumMap<>(Place.class);
    private final long seed;

    /**
     * @param pictures the engine's names of the source pictures
     * @param mask its name of the mask; null: none
     */
    FillWorkflow(
            Workflow workflow, Task.Images wanted, List<String> pictures, @Nullable String mask) {
        this.workflow = workflow;
        Long named = wanted.seed();
        seed = named == null ? ThreadLocalRandom.current().nextLong() : named;
        values.put(Place.PROMPT, wanted.prompt());
        values.put(Place.NEGATIVE, wanted.negativePrompt());
        put(Place.WIDTH, side(wanted.width()));
        put(Place.HEIGHT, side(wanted.height()));
        put(Place.STEPS, wanted.steps());
        put(Place.GUIDANCE, wanted.guidance());
        put(Place.STRENGTH, wanted.edit() == null ? null : wanted.edit().strength());
        List<Place> places = workflow.pictures();
        for (int i = 0; i < pictures.size(); i++) {
            values.put(places.get(i), pictures.get(i));
        }
        put(Place.MASK, mask);
    }

    /** @throws UnsupportedException if the workflow would ignore a part of the task, or needs one that it has not */
    static void check(Workflow workflow, Task.Images wanted) throws UnsupportedException {
        PictureEdit edit = wanted.edit();
        need(workflow, Place.NEGATIVE, !wanted.negativePrompt().isEmpty(), "negative_prompt");
        need(workflow, Place.STEPS, wanted.steps() != null, "steps");
        need(workflow, Place.GUIDANCE, wanted.guidance() != null, "guidance");
        need(workflow, Place.SEED, wanted.seed() != null, "seed");
        checkPictures(workflow.pictures().size(), edit == null ? 0 : 1 + edit.further().size());
        need(workflow, Place.MASK, edit != null && edit.mask() != null, "mask");
        need(workflow, Place.STRENGTH, edit != null && edit.strength() != null, "strength");
        if (edit != null && edit.sourceGuidance() != null) {
            throw new UnsupportedException(
                    "image_guidance", "has no place for it in this workflow");
        }
        if (workflow.has(Place.MASK) && edit != null && edit.mask() == null) {
            throw new UnsupportedException("mask", "needs a mask for this workflow");
        }
    }

    /** @param index number of the picture. Each further one has the next seed */
    JsonNode of(int index) {
        values.put(Place.SEED, (seed + index) & Long.MAX_VALUE);
        return workflow.with(values);
    }

    private static void checkPictures(int places, int pictures) throws UnsupportedException {
        if (pictures > places) {
            throw new UnsupportedException(
                    "image",
                    places == 0
                            ? "has no place for it in this workflow"
                            : "has no place for so many pictures in this workflow");
        }
        if (pictures < places) {
            throw new UnsupportedException(
                    "image",
                    places == 1
                            ? "needs a picture for this workflow"
                            : "needs " + places + " pictures for this workflow");
        }
    }

    private static void need(Workflow workflow, Place place, boolean wanted, String field)
            throws UnsupportedException {
        if (wanted && !workflow.has(place)) {
            throw new UnsupportedException(field, "has no place for it in this workflow");
        }
    }

    private static @Nullable Integer side(@Nullable Integer wanted) {
        return wanted == null ? null : Math.ceilDiv(wanted, STEP) * STEP;
    }

    private void put(Place place, @Nullable Object value) {
        if (value != null) {
            values.put(place, value);
        }
    }
}
