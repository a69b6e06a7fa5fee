package holt.api.models;

import static holt.api.fields.Fields.invalid;

import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import org.jspecify.annotations.Nullable;

/** The model that a request names. */
public final class FindModel {
    private FindModel() {}

    /**
     * The model of that name.
     *
     * @throws RequestRejectedException if there is no name, no such model, or one of another kind
     */
    public static KnownModel of(@Nullable String name, KnownModel.Kind kind, ModelCatalog catalog) {
        if (name == null || name.isBlank()) {
            throw invalid("model", "required");
        }
        KnownModel model = catalog.find(known(name));
        if (model.kind() != kind) {
            throw new RequestRejectedException(
                    Failure.INVALID_MODEL_KIND,
                    switch (kind) {
                        case CHAT -> "model: not a chat model";
                        case IMAGE -> "model: not an image model";
                    },
                    "model",
                    null);
        }
        return model;
    }

    /** What cannot be a name is no model that anybody has heard of. */
    private static String known(String name) {
        try {
            return new ModelName(name).value();
        } catch (IllegalArgumentException e) {
            throw new RequestRejectedException(
                    Failure.MODEL_NOT_FOUND, "model: no such model", "model", null);
        }
    }
}
