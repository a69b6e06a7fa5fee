package holt.api.models;

import holt.protocol.KnownModel;
import java.util.List;

/** The models that clients may use. */
public interface ModelCatalog {
    /** The models with a worker now or until lately, sorted by name. */
    List<KnownModel> list();

    /** The models for which a live worker takes jobs now, sorted by name. */
    List<KnownModel> served();

    /**
     * Returns the model of that name.
     *
     * @throws holt.api.RequestRejectedException {@code MODEL_NOT_FOUND} if the name is unknown, {@code OVERLOADED} if the model has had no
     *     worker for longer than the grace time
     */
    KnownModel find(String name);
}
