package holt.api.models;

import holt.protocol.KnownModel;
import java.util.List;
import java.util.Map;

/** The models that clients may use. */
public interface ModelCatalog {
    /** The models with a worker now or until lately, sorted by name. */
    List<KnownModel> list();

    /** The models for which a live worker takes jobs now, sorted by name. */
    List<KnownModel> served();

    /** The listed models by their aliases. An alias that is also a model's name is none. */
    Map<String, KnownModel> aliases();

    /**
     * Returns the model of that name or alias.
     *
     * @throws holt.api.RequestRejectedException {@code MODEL_NOT_FOUND} if the name is unknown, {@code OVERLOADED} if the model has had no
     *     worker for longer than the grace time
     */
    KnownModel find(String name);
}
