package holt.api.models;

import holt.protocol.KnownModel;
import java.util.List;

/** A route on which clients call models. */
public enum Endpoint {
    CHAT("/v1/chat/completions"),
    GENERATIONS("/v1/images/generations"),
    EDITS("/v1/images/edits"),
    EMBEDDINGS("/v1/embeddings");

    private final String path;

    Endpoint(String path) {
        this.path = path;
    }

    /** Begins with a slash. */
    public String path() {
        return path;
    }

    /** The endpoints of such a model, the main one first. */
    public static List<Endpoint> of(KnownModel.Kind kind) {
        return switch (kind) {
            case CHAT -> List.of(CHAT);
            case IMAGE -> List.of(GENERATIONS, EDITS);
            case EMBEDDING -> List.of(EMBEDDINGS);
        };
    }
}
