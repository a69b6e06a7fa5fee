package holt.api.models;

import holt.protocol.KnownModel;
import java.util.List;

/** Where models are called: an address below this service's URL. */
public enum Endpoint {
    CHAT("/v1/chat/completions"),
    GENERATIONS("/v1/images/generations"),
    EDITS("/v1/images/edits");

    private final String path;

    Endpoint(String path) {
        this.path = path;
    }

    /** Begins with a slash. */
    public String path() {
        return path;
    }

    /** Those of a model of that kind, the main one first. */
    public static List<Endpoint> of(KnownModel.Kind kind) {
        return switch (kind) {
            case CHAT -> List.of(CHAT);
            case IMAGE -> List.of(GENERATIONS, EDITS);
        };
    }
}
