package holt.engine.image;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Decides whose pictures take the next step. The most urgent request, the older one among equals, always does; where it has
 * no seed, others without one and of the same size go with it as far as there is room.
 */
final class ImageScheduler {
    private final List<Drawing> drawings = new ArrayList<>(); // by priority, then arrival
    private final ToIntFunction<Drawing> room;

    /**
     * Some pictures of a request.
     *
     * @param pictures how many
     */
    record Turn(Drawing drawing, int pictures) {}

    /** @param room how many questions one call of the model may ask about pictures of this size */
    ImageScheduler(ToIntFunction<Drawing> room) {
        this.room = room;
    }

    void add(Drawing drawing) {
        int place = drawings.size();
        while (place > 0
                && drawings.get(place - 1).request().priority() > drawing.request().priority()) {
            place--;
        }
        drawings.add(place, drawing);
    }

    void remove(Drawing drawing) {
        drawings.remove(drawing);
    }

    /** The next step, all of one size; empty if there is nothing to do. */
    List<Turn> next() {
        if (drawings.isEmpty()) {
            return List.of();
        }
        Drawing first = drawings.getFirst();
        int left = room.applyAsInt(first);
        List<Turn> turns = new ArrayList<>();
        for (Drawing drawing : drawings) {
            boolean together =
                    first.shares() && drawing.shares() && drawing.size().equals(first.size());
            if (drawing != first && !together) {
                continue;
            }
            int fitting = Math.min(drawing.picturesLeft(), left / drawing.questionsPerPicture());
            int pictures = drawing == first ? Math.max(1, fitting) : fitting;
            if (pictures > 0) {
                turns.add(new Turn(drawing, pictures));
                left -= pictures * drawing.questionsPerPicture();
            }
        }
        return turns;
    }
}
