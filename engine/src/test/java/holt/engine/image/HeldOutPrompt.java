package holt.engine.image;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * An entry of {@code models/image/heldout.json}, checked as {@code models/image/heldout.py} does.
 *
 * @param kind "single", "left" or "above" (the first thing of the second), "count", "object"
 * @param colours of the things, in the order of the text; of an object null
 */
record HeldOutPrompt(String text, String kind, String background, List<String> colours) {
    private static final double MOST = 0.75; // of the border
    private static final double VISIBLE = 0.015; // of the picture
    private static final double OBJECT_VISIBLE = 0.02;
    private static final int APART = 6; // pixels
    private static final int PIECE = 25; // pixels

    static HeldOutPrompt of(JsonNode entry) {
        List<String> colours = new ArrayList<>();
        for (JsonNode item : entry.path("items")) {
            colours.add(item.path("colour").asString(""));
        }
        return new HeldOutPrompt(
                entry.path("prompt").asString(),
                entry.path("kind").asString(),
                entry.path("background").asString(),
                colours);
    }

    boolean hasItsColours(ColourNames picture) {
        if (picture.shareOfBorder(background) < MOST) {
            return false;
        }
        return kind.equals("object")
                ? 1 - picture.share(background) >= OBJECT_VISIBLE
                : colours.stream().allMatch(colour -> picture.share(colour) >= VISIBLE);
    }

    boolean hasLayout() {
        return !kind.equals("single") && !kind.equals("object");
    }

    boolean isLaidOut(ColourNames picture) {
        if (kind.equals("count")) {
            return picture.pieces(colours.getFirst(), PIECE) == colours.size();
        }
        double[] first = picture.centre(colours.getFirst());
        double[] second = picture.centre(colours.getLast());
        int axis = kind.equals("left") ? 0 : 1;
        return second[axis] - first[axis] >= APART;
    }
}
