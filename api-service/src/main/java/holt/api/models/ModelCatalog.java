package holt.api.models;

import holt.protocol.KnownModel;
import java.util.List;

/** The models that clients may ask for. */
public interface ModelCatalog {
    /** Served now, or until a short while ago; sorted by name. */
    List<KnownModel> list();

    /** Those that a live worker takes jobs for at this moment; sorted by name. */
    List<KnownModel> served();

    /**
     * The model of that name.
     *
     * @throws holt.api.RequestRejectedException {@code MODEL_NOT_FOUND} if it was never known, {@code OVERLOADED} if nobody has served it
     *     for longer than the grace time
     */
    KnownModel find(String name);
}
