package holt.api.models;

import static holt.api.fields.Fields.invalid;

import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import org.jspecify.annotations.Nullable;

/** Finds the model that a request names. */
public final class FindModel {
    private FindModel() {}

    /**
     * Returns the model of that name.
     *
     * @throws RequestRejectedException if the name is missing or unknown, or the model is of another kind
     */
    public static KnownModel of(@Nullable String name, KnownModel.Kind kind, ModelCatalog catalog) {
        if (name == null || name.isBlank()) {
            throw invalid("model", "required");
        }
        KnownModel model = catalog.find(valid(name));
        if (model.kind() != kind) {
            throw new RequestRejectedException(
                    Failure.INVALID_MODEL_KIND,
                    switch (kind) {
                        case CHAT -> "model: is not a chat model";
                        case IMAGE -> "model: is not an image model";
                        case EMBEDDING -> "model: is not an embedding model";
                    },
                    "model",
                    null);
        }
        return model;
    }

    static RequestRejectedException unknown() {
        return new RequestRejectedException(
                Failure.MODEL_NOT_FOUND, "model: is unknown", "model", null);
    }

    /** A text that cannot be a name is an unknown model. */
    private static String valid(String name) {
        try {
            return new ModelName(name).value();
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }
}
