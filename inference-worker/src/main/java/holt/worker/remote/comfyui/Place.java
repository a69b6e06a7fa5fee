package holt.worker.remote.comfyui;

import java.util.List;
import java.util.Locale;

/** What a task puts into a workflow. */
enum Place {
    PROMPT("text", "prompt", "value", "string"),
    NEGATIVE("text", "prompt", "value", "string"),
    WIDTH("width", "value"),
    HEIGHT("height", "value"),
    SEED("seed", "noise_seed", "value"),
    STEPS("steps", "value"),
    GUIDANCE("cfg", "guidance", "value"),
    STRENGTH("denoise", "strength", "value"),
    PICTURE("image"),
    PICTURE2("image"),
    PICTURE3("image"),
    PICTURE4("image"),
    MASK("image");

    /** For source pictures, in their order. */
    static final List<Place> PICTURES = List.of(PICTURE, PICTURE2, PICTURE3, PICTURE4);

    private final List<String> inputs;

    Place(String... inputs) {
        this.inputs = List.of(inputs);
    }

    /** The inputs of a node that the place can mean. The first that the node has counts. */
    List<String> inputs() {
        return inputs;
    }

    /** The name in titles of nodes. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
